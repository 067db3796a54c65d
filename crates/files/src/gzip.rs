//! Gzip (RFC 1952) around a library's deflate. The usual crate for both brings a table of 16 KB that does
//! not compress, for a checksum that is never the slow part here: a twentieth of what a page loads.

use crc::{CRC_32_ISO_HDLC, Crc};
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

const CHECKSUM: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// How a gzip file begins.
pub(crate) const MAGIC: [u8; 2] = [0x1f, 0x8b];
const DEFLATE: u8 = 8;
/// Bytes of the header that are always there.
const FIXED: usize = 10;
// Flags of what else is there.
const HEADER_CHECKSUM: u8 = 0x02;
const EXTRA: u8 = 0x04;
const NAME: u8 = 0x08;
const COMMENT: u8 = 0x10;
const RESERVED: u8 = 0xe0;
/// Bytes that are unpacked at once.
const CHUNK: usize = 64 << 10;

const CUT: &str = "it ends before its end";

/// Unpacks all members of a file, but stops soon after `most` bytes.
///
/// # Errors
/// What could be unpacked before the fault, and what the fault is.
pub(crate) fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, (Vec<u8>, &'static str)> {
    let mut unpacked = Vec::new();
    let mut rest = packed;
    while !rest.is_empty() && unpacked.len() <= most {
        rest = match member(rest, &mut unpacked, most) {
            Ok(rest) => rest,
            Err(reason) => return Err((unpacked, reason)),
        };
    }
    Ok(unpacked)
}

/// Unpacks one member and gives what follows it.
fn member<'a>(
    packed: &'a [u8],
    unpacked: &mut Vec<u8>,
    most: usize,
) -> Result<&'a [u8], &'static str> {
    let start = unpacked.len();
    let mut rest = after_header(packed)?;
    let mut state = InflateState::new_boxed(DataFormat::Raw);
    let mut chunk = vec![0; CHUNK];
    loop {
        let step = inflate(&mut state, rest, &mut chunk, MZFlush::None);
        rest = &rest[step.bytes_consumed..];
        unpacked.extend_from_slice(&chunk[..step.bytes_written]);
        match step.status {
            Ok(MZStatus::StreamEnd) => break,
            _ if unpacked.len() > most => return Ok(&[]),
            Ok(_) if step.bytes_consumed + step.bytes_written > 0 => {}
            _ if rest.is_empty() => return Err(CUT),
            _ => return Err("it is corrupt"),
        }
    }
    let (trailer, rest) = rest.split_first_chunk::<8>().ok_or(CUT)?;
    let [a, b, c, d, e, f, g, h] = *trailer;
    let member = &unpacked[start..];
    // The length is kept in 32 bits, as the format has it.
    let length = (member.len() & u32::MAX as usize) as u32;
    if CHECKSUM.checksum(member) != u32::from_le_bytes([a, b, c, d])
        || length != u32::from_le_bytes([e, f, g, h])
    {
        return Err("its checksum or length is not that of what it holds");
    }
    Ok(rest)
}

/// What follows the header of a member.
fn after_header(packed: &[u8]) -> Result<&[u8], &'static str> {
    let (header, mut rest) = packed.split_at_checked(FIXED).ok_or(CUT)?;
    let flags = header[3];
    if !header.starts_with(&MAGIC) || header[2] != DEFLATE || flags & RESERVED != 0 {
        return Err("its header is none of gzip");
    }
    if flags & EXTRA != 0 {
        let (length, after) = rest.split_first_chunk::<2>().ok_or(CUT)?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..).ok_or(CUT)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|&byte| byte == 0).ok_or(CUT)?;
            rest = &rest[end + 1..];
        }
    }
    if flags & HEADER_CHECKSUM != 0 {
        rest = rest.get(2..).ok_or(CUT)?;
    }
    Ok(rest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, GzBuilder};

    use super::*;

    const MOST: usize = 1 << 20;

    /// As another program packs it.
    fn packed(builder: GzBuilder, level: u32, bytes: &[u8]) -> Vec<u8> {
        let mut encoder = builder.write(Vec::new(), Compression::new(level));
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn text(len: usize) -> Vec<u8> {
        (0..len).map(|k| b"<trkpt lat=\"0.5\">"[k * k % 17]).collect()
    }

    #[test]
    fn what_another_program_packed() {
        for len in [0, 1, 100, 65_536, 300_000] {
            for level in [0, 1, 9] {
                let full = || {
                    GzBuilder::new().filename("run.gpx").comment("a run").extra(vec![1, 2, 3, 0, 5])
                };
                let bytes = text(len);
                let plain = packed(GzBuilder::new(), level, &bytes);
                assert_eq!(unpack(&plain, MOST).unwrap(), bytes);
                assert_eq!(unpack(&packed(full(), level, &bytes), MOST).unwrap(), bytes);
                let twice = [plain, packed(full(), level, b"more")].concat();
                assert_eq!(unpack(&twice, MOST).unwrap(), [&bytes[..], b"more"].concat());
            }
        }
    }

    #[test]
    fn a_checksum_of_the_header_is_passed_over() {
        let mut bytes = packed(GzBuilder::new(), 6, b"abc");
        bytes[3] |= HEADER_CHECKSUM;
        bytes.splice(FIXED..FIXED, [7, 7]);
        assert_eq!(unpack(&bytes, MOST).unwrap(), b"abc");
    }

    #[test]
    fn faults_are_said() {
        let whole = packed(GzBuilder::new().filename("run.gpx").extra(vec![1, 2]), 6, &text(500));
        for end in 1..whole.len() {
            assert_eq!(unpack(&whole[..end], MOST).unwrap_err().1, CUT, "{end}");
        }
        let trailing = [&whole[..], b"0123456789"].concat();
        assert_eq!(unpack(&trailing, MOST).unwrap_err().0, text(500));
        // No bit can be spoiled so that something else comes out; what nothing depends on is the time, the
        // system and the name in the header, and what fills up the last byte of the content.
        let mut unnoticed = 0;
        let header = FIXED + "xx12run.gpx\0".len();
        for bit in 0..8 * whole.len() {
            let mut spoiled = whole.clone();
            spoiled[bit / 8] ^= 1 << (bit % 8);
            if let Ok(bytes) = unpack(&spoiled, MOST) {
                assert_eq!(bytes, text(500), "{bit}");
                unnoticed += usize::from(bit / 8 >= header);
            }
        }
        assert!(unnoticed < 8, "{unnoticed}");
    }

    #[test]
    fn a_bomb_stops() {
        let bomb = packed(GzBuilder::new(), 9, &vec![0; 50 << 20]);
        let unpacked = unpack(&bomb, MOST).unwrap();
        assert!(unpacked.len() > MOST && unpacked.len() <= MOST + CHUNK);
    }
}
