//! FIT: messages of one or several chained files into raw activities.

use std::collections::HashMap;

use rustyfit::profile::mesgdef::{DeviceInfo, Event, FieldDescription, FileId, Record};
use rustyfit::profile::typedef::{GarminProduct, Manufacturer, MesgNum};
use rustyfit::proto::{Message, Value};
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};

use eccentric::activity::ElevationSource;

use crate::device;
use crate::fit_sessions::{self, Leg};
use crate::fit_values::{self, Footpod, crc16, number, unix_s};
use crate::raw::{RawActivity, RawPoint};
use crate::{MAX_ACTIVITIES, MAX_POINTS, ReadError, Result, Warning};

/// More developer fields than any device has; a file beyond it is made to slow the decoder down.
const MAX_FIELD_DESCRIPTIONS: usize = 4096;
/// More sessions than anyone records in one file.
const MAX_SESSIONS: usize = 256;
/// More pauses than anyone takes; they are kept once a session.
const MAX_PAUSES: usize = 10_000;

/// Reads a FIT file: each session of each chained file becomes one activity.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<RawActivity>> {
    // The decoder's own check refuses valid files with an empty header CRC, so it is off.
    let mut decoder = Decoder::builder().checksum(false).expand_components(false).build();
    let mut rest = bytes;
    let mut stream = decoder.stream(&mut rest);
    let mut files = Vec::new();
    let mut file = FitFile::default();
    let mut broken = None;
    while let Some(event) = stream.next() {
        match event {
            Ok(DecoderEvent::Message(message)) => file.message(message)?,
            Ok(DecoderEvent::Crc(_)) => {
                let file = std::mem::take(&mut file);
                // Only a file with records holds an activity.
                if !file.points.is_empty() {
                    files.push(file);
                }
                if files.len() > MAX_ACTIVITIES {
                    let what = "too many chained files";
                    return Err(ReadError::TooLarge { what, max: MAX_ACTIVITIES });
                }
            }
            Ok(_) => {}
            Err(error) => {
                broken = Some(error.to_string());
                break;
            }
        }
    }
    let at_byte = bytes.len() - rest.len();
    if !file.points.is_empty() {
        files.push(file);
    }
    let records_read = files.iter().map(|file| file.points.len()).sum();
    let truncated = broken.map(|reason| Warning::Truncated { records_read, at_byte, reason });
    if let (0, Some(Warning::Truncated { reason, .. })) = (records_read, &truncated) {
        return Err(ReadError::Fit { at_byte, reason: reason.clone() });
    }
    let mut notes: Vec<Warning> = truncated.into_iter().collect();
    notes.extend(bad_checksum(bytes));
    let mut activities: Vec<_> = files.into_iter().flat_map(FitFile::into_activities).collect();
    for activity in &mut activities {
        activity.warnings.splice(0..0, notes.iter().cloned());
    }
    Ok(activities)
}

/// The first checksum in the chain that does not fit its file; `None` too if a file breaks off.
fn bad_checksum(bytes: &[u8]) -> Option<Warning> {
    let mut rest = bytes;
    while let [header_size, _, _, _, a, b, c, d, ..] = *rest {
        let data_size = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()?;
        let end = usize::from(header_size).checked_add(data_size)?;
        let stored = rest.get(end..end.checked_add(2)?)?;
        let stored = u16::from_le_bytes([stored[0], stored[1]]);
        let computed = crc16(&rest[..end]);
        if stored != computed {
            return Some(Warning::BadChecksum { stored, computed });
        }
        rest = &rest[end + 2..];
    }
    None
}

/// A quantity that a foot pod may write as a developer field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PodField {
    Cadence,
    Speed,
    Distance,
    Elevation,
}

impl PodField {
    const ALL: [(Self, &str); 4] = [
        (Self::Cadence, "cadence"),
        (Self::Speed, "speed"),
        (Self::Distance, "distance"),
        (Self::Elevation, "elevation"),
    ];

    fn slot(self, point: &mut RawPoint) -> &mut Option<f64> {
        match self {
            Self::Cadence => &mut point.cadence,
            Self::Speed => &mut point.speed_m_s,
            Self::Distance => &mut point.distance_m,
            Self::Elevation => &mut point.elevation_m,
        }
    }
}

/// Timer events: a pause lasts from a stop to the next start.
#[derive(Debug, Default)]
struct Timer {
    stopped_s: Option<f64>,
    pauses: Vec<(f64, f64)>,
}

impl Timer {
    fn event(&mut self, message: &Message) -> Result<()> {
        const TIMER: f64 = 0.0;
        let kind = number(message, Event::EVENT_TYPE);
        let (Some(kind), Some(at)) = (kind, unix_s(message, Event::TIMESTAMP)) else {
            return Ok(());
        };
        if number(message, Event::EVENT) != Some(TIMER) {
            return Ok(());
        }
        if self.pauses.len() >= MAX_PAUSES {
            return Err(ReadError::TooLarge { what: "too many pauses", max: MAX_PAUSES });
        }
        match kind as u8 {
            // stop, stop_all, stop_disable, stop_disable_all
            1 | 4 | 8 | 9 => _ = self.stopped_s.get_or_insert(at),
            0 => self.pauses.extend(self.stopped_s.take().map(|stop| (stop, at))),
            _ => {}
        }
        Ok(())
    }
}

/// What one FIT file of a chain holds.
#[derive(Debug, Default)]
struct FitFile {
    points: Vec<RawPoint>,
    /// Values of a foot pod, one entry a point once a developer field was described.
    pod: Vec<RawPoint>,
    pod_fields: HashMap<(u8, u8), (PodField, f64)>,
    descriptions: usize,
    footpod: Footpod,
    timer: Timer,
    sessions: Vec<Leg>,
    /// Of the sport message or the records, for files that break off before the session.
    sport: Option<u8>,
    has_barometer: bool,
    device: Option<String>,
}

impl FitFile {
    fn message(&mut self, message: &Message) -> Result<()> {
        match message.num {
            MesgNum::RECORD => self.record(message)?,
            MesgNum::EVENT => self.timer.event(message)?,
            MesgNum::SESSION if self.sessions.len() < MAX_SESSIONS => {
                self.sessions.push(Leg::from_session(message));
            }
            MesgNum::SPORT => self.sport = number(message, 0).map(|sport| sport as u8),
            MesgNum::FILE_ID => self.file_id(message),
            MesgNum::DEVICE_INFO => self.device_info(message),
            MesgNum::FIELD_DESCRIPTION => self.field_description(message)?,
            _ => {}
        }
        Ok(())
    }

    fn record(&mut self, record: &Message) -> Result<()> {
        if self.points.len() >= MAX_POINTS {
            return Err(ReadError::TooLarge { what: "too many records", max: MAX_POINTS });
        }
        let point = fit_values::point(record, &mut self.footpod);
        if self.sport.is_none() {
            self.sport = number(record, Record::ACTIVITY_TYPE)
                .and_then(|activity| fit_sessions::sport_of_activity(activity as u8));
        }
        self.has_barometer |= number(record, Record::ABSOLUTE_PRESSURE).is_some();
        if !self.pod_fields.is_empty() {
            self.pod.resize(self.points.len(), RawPoint::default());
            let mut values = RawPoint::default();
            for field in &record.developer_fields {
                let key = (field.developer_data_index, field.num);
                if let Some((pod_field, scale)) = self.pod_fields.get(&key) {
                    *pod_field.slot(&mut values) =
                        fit_values::value(&field.value).map(|value| value * scale);
                }
            }
            self.pod.push(values);
        }
        self.points.push(point);
        Ok(())
    }

    fn field_description(&mut self, message: &Message) -> Result<()> {
        self.descriptions += 1;
        if self.descriptions > MAX_FIELD_DESCRIPTIONS {
            return Err(ReadError::TooLarge {
                what: "too many developer field descriptions",
                max: MAX_FIELD_DESCRIPTIONS,
            });
        }
        let text = |field| text(message, field).unwrap_or_default().to_ascii_lowercase();
        let name = text(FieldDescription::FIELD_NAME);
        let key = number(message, FieldDescription::DEVELOPER_DATA_INDEX)
            .zip(number(message, FieldDescription::FIELD_DEFINITION_NUMBER));
        let known = PodField::ALL.iter().find(|(_, known)| *known == name);
        let scale = match text(FieldDescription::UNITS).as_str() {
            "km" | "kilometers" => 1000.0,
            "km/h" | "kph" => 1.0 / 3.6,
            _ => 1.0,
        };
        if let (Some((index, number)), Some((pod_field, _))) = (key, known) {
            self.pod_fields.insert((index as u8, number as u8), (*pod_field, scale));
        }
        Ok(())
    }

    fn file_id(&mut self, message: &Message) {
        let maker = number(message, FileId::MANUFACTURER).map(|x| Manufacturer(x as u16));
        let product = number(message, FileId::PRODUCT);
        let name = text(message, FileId::PRODUCT_NAME);
        self.device = maker.map(|maker| match (maker, product, name) {
            (_, _, Some(name)) if starts_with_maker(name, maker) => name.to_owned(),
            (_, _, Some(name)) => format!("{maker} {name}"),
            (Manufacturer::GARMIN, Some(product), _) => {
                format!("{maker} {}", GarminProduct(product as u16))
            }
            (_, Some(product), _) => format!("{maker} {product}"),
            (_, None, None) => maker.to_string(),
        });
    }

    fn device_info(&mut self, message: &Message) {
        const LOCAL: f64 = 5.0;
        const LOCAL_BAROMETER: f64 = 4.0;
        self.has_barometer |= number(message, DeviceInfo::SOURCE_TYPE) == Some(LOCAL)
            && number(message, DeviceInfo::DEVICE_TYPE) == Some(LOCAL_BAROMETER);
    }

    /// Takes quantities from the foot pod that the device itself never wrote.
    fn fill_from_pod(&mut self) -> Vec<Warning> {
        self.pod.resize(self.points.len(), RawPoint::default());
        let mut warnings = Vec::new();
        for (field, quantity) in PodField::ALL {
            let missing = self.points.iter_mut().all(|point| field.slot(point).is_none());
            let present = self.pod.iter_mut().any(|values| field.slot(values).is_some());
            if missing && present {
                for (point, values) in self.points.iter_mut().zip(&mut self.pod) {
                    *field.slot(point) = *field.slot(values);
                }
                warnings.push(Warning::DeveloperField { quantity });
            }
        }
        warnings
    }

    fn into_activities(mut self) -> Vec<RawActivity> {
        let warnings = self.fill_from_pod();
        let source = match &self.device {
            _ if self.has_barometer => ElevationSource::Barometer,
            Some(name) => device::elevation_source(name),
            None => ElevationSource::Unknown,
        };
        let mut activities = fit_sessions::cut(self.points, self.sessions, self.sport);
        for activity in &mut activities {
            activity.source = source;
            activity.device.clone_from(&self.device);
            activity.pauses.clone_from(&self.timer.pauses);
            activity.warnings.clone_from(&warnings);
        }
        activities
    }
}

fn starts_with_maker(name: &str, maker: Manufacturer) -> bool {
    name.to_lowercase().starts_with(&maker.to_string().to_lowercase())
}

fn text(message: &Message, field: u8) -> Option<&str> {
    let text = match &message.fields.iter().find(|f| f.num == field)?.value {
        Value::String(text) => text,
        Value::ArrayString(texts) => texts.first()?,
        _ => return None,
    };
    Some(text.trim_matches('\0').trim()).filter(|text| !text.is_empty())
}
