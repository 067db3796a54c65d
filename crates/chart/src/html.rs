//! The page: figures for wide and narrow screens, a readout, a table.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::colour::{Paint, Theme, hex};
use crate::document::Document;
use crate::error::ChartError;
use crate::svg::{Canvas, FONT, dark_rules};
use crate::text::escape;

const WIDE: f64 = 760.0;
const NARROW: f64 = 358.0;

const SHAPE: &str = "\
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5}
main{max-width:808px;margin:0 auto;padding:24px 24px 40px}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 .25rem;text-wrap:balance}
p{margin:.25rem 0 1rem;color:var(--muted);max-width:66ch}
figure{margin:0;padding:14px 0 18px;border-top:1px solid var(--line)}
figure svg{display:block;width:100%;height:auto}
.ec-narrow{display:none}
@media (max-width:640px){main{padding:12px 8px 32px}h1,p,details,footer{padding-inline:6px}
.ec-wide{display:none}.ec-narrow{display:block}}
@media print{.ec-wide{display:block}.ec-narrow,details{display:none}}
details{border-top:1px solid var(--line);padding-top:14px}
summary{cursor:pointer;font-weight:600}
.ec-scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.8125rem;font-variant-numeric:tabular-nums;margin-top:.75rem}
th,td{text-align:start;padding:3px 18px 3px 0;border-bottom:1px solid var(--line);white-space:nowrap}
tbody th{padding-top:14px}
footer{color:var(--muted);font-size:.8125rem;margin-top:1.5rem}
.ec-tip{position:fixed;pointer-events:none;background:var(--ink);color:var(--ground);
font-size:.8125rem;padding:4px 9px;border-radius:5px;max-width:min(300px,80vw);z-index:2}
.ec-cursor{pointer-events:none}
.ec-cursor line{stroke:var(--muted);stroke-width:1}
.ec-cursor circle{fill:none;stroke:var(--ink);stroke-width:2}
";

/// Written without `<` and `&`, so that the page is well-formed XML too.
const SCRIPT: &str = "\
const tip = document.querySelector('.ec-tip'), ns = 'http://www.w3.org/2000/svg';
document.querySelectorAll('.ec-hit').forEach(hit => {
  const free = hit.dataset.free === '1', num = k => +hit.getAttribute(k);
  const points = hit.dataset.points.split('\\n').map(s => s.match(/^(\\S+) (\\S+) (.*)$/));
  const cursor = document.createElementNS(ns, 'g');
  const line = document.createElementNS(ns, 'line'), dot = document.createElementNS(ns, 'circle');
  const set = (e, o) => Object.entries(o).forEach(([k, v]) => e.setAttribute(k, v));
  cursor.append(...(free ? [dot] : [line, dot]));
  cursor.classList.add('ec-cursor');
  const hide = () => { cursor.remove(); tip.hidden = true; };
  const show = e => {
    const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(hit.getScreenCTM().inverse());
    const far = q => Math.hypot(q[1] - p.x, free ? q[2] - p.y : 0);
    const best = points.reduce((a, b) => far(a) > far(b) ? b : a);
    const top = num('y'), x = +best[1];
    set(line, { x1: x, x2: x, y1: top, y2: top + num('height') });
    set(dot, { cx: x, cy: Math.max(top, Math.min(best[2], top + num('height'))), r: 5 });
    hit.before(cursor);
    tip.textContent = best[3];
    tip.hidden = false;
    const w = tip.offsetWidth, h = tip.offsetHeight, y = e.clientY - h - 16;
    tip.style.left = Math.max(4, Math.min(e.clientX - w / 2, innerWidth - w - 4)) + 'px';
    tip.style.top = (y > 4 ? y : e.clientY + 20) + 'px';
  };
  hit.addEventListener('pointermove', show);
  hit.addEventListener('pointerdown', show);
  hit.addEventListener('pointerleave', hide);
});
";

impl Document {
    /// One self-contained page: no request leaves it, and it works without its script.
    ///
    /// Every figure is laid out for a wide and for a narrow screen; style rules choose. Light or
    /// dark follows the reader's preference. The numbers are in a table at the end. The page is
    /// valid HTML and well-formed XML.
    ///
    /// # Errors
    ///
    /// [`ChartError`] if there is no panel, or a panel cannot be drawn.
    pub fn to_html(&self) -> Result<String, ChartError> {
        self.check()?;
        let mut used = BTreeSet::new();
        let mut figures = String::new();
        for (i, panel) in self.panels.iter().enumerate() {
            figures.push_str("<figure>\n");
            for (class, width) in [("ec-wide", WIDE), ("ec-narrow", NARROW)] {
                let draws = panel.draws();
                let mut canvas = Canvas::new(Theme::Auto, &format!("{class}{i}-"), true);
                let height = draws.draw(&mut canvas, 2.0, 0.0, width - 4.0);
                used.extend(canvas.used().iter().copied());
                let svg = canvas.finish(width, height.ceil(), draws.heading(), &draws.describe());
                _ = writeln!(figures, "<div class=\"{class}\">{svg}</div>");
            }
            figures.push_str("</figure>\n");
        }
        let mut out = self.head(&used);
        _ = writeln!(out, "<body>\n<main>\n<h1>{}</h1>", escape(&self.title));
        if !self.description.is_empty() {
            _ = writeln!(out, "<p>{}</p>", escape(&self.description));
        }
        out.push_str(&figures);
        out.push_str(&self.table());
        if !self.footer.is_empty() {
            _ = writeln!(out, "<footer>{}</footer>", escape(&self.footer));
        }
        _ = write!(
            out,
            "</main>\n<div class=\"ec-tip\" role=\"status\" hidden=\"hidden\"></div>\n\
             <script>\n{SCRIPT}</script>\n</body>\n</html>\n"
        );
        Ok(out)
    }

    fn head(&self, used: &BTreeSet<Paint>) -> String {
        let variables = |colour: fn(Paint) -> [u8; 3]| {
            format!(
                ":root{{--ground:{};--ink:{};--muted:{};--line:{}}}",
                hex(colour(Paint::Ground)),
                hex(colour(Paint::Ink)),
                hex(colour(Paint::Muted)),
                hex(colour(Paint::Grid))
            )
        };
        format!(
            "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n\
             <meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"color-scheme\" content=\"light dark\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n\
             <title>{}</title>\n<style>\n{}\n@media (prefers-color-scheme: dark){{{}}}\n\
             body{{font-family:{FONT}}}\n{SHAPE}{}\n</style>\n</head>\n",
            escape(&self.title),
            variables(Paint::light),
            variables(Paint::dark),
            dark_rules(used)
        )
    }

    fn table(&self) -> String {
        let mut out = String::from(
            "<details>\n<summary>The numbers as a table</summary>\n<div class=\"ec-scroll\">\n<table>\n\
             <thead><tr><th scope=\"col\">Item</th><th scope=\"col\">At</th>\
             <th scope=\"col\">Value</th><th scope=\"col\">Interval</th></tr></thead>\n",
        );
        for panel in &self.panels {
            let heading = escape(panel.draws().heading());
            _ = writeln!(
                out,
                "<tbody>\n<tr><th colspan=\"4\" scope=\"rowgroup\">{heading}</th></tr>"
            );
            for row in panel.draws().rows() {
                _ = writeln!(
                    out,
                    "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                    escape(&row.item),
                    escape(&row.at),
                    escape(&row.value),
                    escape(&row.interval)
                );
            }
            out.push_str("</tbody>\n");
        }
        out.push_str("</table>\n</div>\n</details>\n");
        out
    }
}
