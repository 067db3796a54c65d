//! Numbers out of FIT messages, with the invalid marks and the scales of the profile.

use rustyfit::profile::mesgdef::Record;
use rustyfit::proto::{Message, Value};

use crate::raw::RawPoint;

/// FIT counts seconds from 1989-12-31T00:00:00Z.
const FIT_EPOCH_S: f64 = 631_065_600.0;
/// Below this a FIT time counts from when the device was switched on, not from the epoch.
pub(crate) const FIRST_CLOCK_TIME_S: f64 = 0x1000_0000 as f64 + FIT_EPOCH_S;
const DEGREES_PER_SEMICIRCLE: f64 = 180.0 / 2_147_483_648.0;

/// The field as a number; `None` if it is absent or holds the invalid mark of its type.
pub(crate) fn number(message: &Message, field: u8) -> Option<f64> {
    message.fields.iter().find(|f| f.num == field).and_then(|f| value(&f.value))
}

pub(crate) fn value(value: &Value) -> Option<f64> {
    let number = match *value {
        Value::Uint8(x) if x != u8::MAX => f64::from(x),
        Value::Uint16(x) if x != u16::MAX => f64::from(x),
        Value::Uint32(x) if x != u32::MAX => f64::from(x),
        Value::Int8(x) if x != i8::MAX => f64::from(x),
        Value::Int16(x) if x != i16::MAX => f64::from(x),
        Value::Int32(x) if x != i32::MAX => f64::from(x),
        Value::Float32(x) if x.is_finite() => f64::from(x),
        Value::Float64(x) if x.is_finite() => x,
        _ => return None,
    };
    Some(number)
}

/// A time field in seconds since the Unix epoch.
pub(crate) fn unix_s(message: &Message, field: u8) -> Option<f64> {
    number(message, field).map(|s| s + FIT_EPOCH_S)
}

/// A record message as a point. `footpod` accumulates the compressed distance of old foot pods.
pub(crate) fn point(record: &Message, footpod: &mut Footpod) -> RawPoint {
    let scaled = |field, scale: f64| number(record, field).map(|x| x / scale);
    // Raw 0 is 500 m below the sea: written by TomTom for "no altitude".
    let altitude =
        |field| number(record, field).filter(|raw| *raw != 0.0).map(|raw| raw / 5.0 - 500.0);
    let degrees = |field| number(record, field).map(|x| x * DEGREES_PER_SEMICIRCLE);
    let compressed = footpod.read(record);
    let cadence = number(record, Record::CADENCE)
        .map(|whole| whole + scaled(Record::FRACTIONAL_CADENCE, 128.0).unwrap_or(0.0));
    RawPoint {
        time_s: unix_s(record, Record::TIMESTAMP),
        distance_m: scaled(Record::DISTANCE, 100.0).or(compressed.map(|c| c.1)),
        speed_m_s: scaled(Record::ENHANCED_SPEED, 1000.0)
            .or_else(|| scaled(Record::SPEED, 1000.0))
            .or(compressed.map(|c| c.0)),
        position: degrees(Record::POSITION_LAT).zip(degrees(Record::POSITION_LONG)),
        elevation_m: altitude(Record::ENHANCED_ALTITUDE).or_else(|| altitude(Record::ALTITUDE)),
        cadence: cadence.or_else(|| scaled(Record::CADENCE256, 256.0)),
        segment: 0,
    }
}

/// Distance of `compressed_speed_distance`: 12 bits of speed in 1/100 m/s, then 12 bits of distance
/// in 1/16 m that roll over every 256 m.
#[derive(Debug, Default)]
pub(crate) struct Footpod {
    last_raw: Option<u16>,
    total_raw: u64,
}

impl Footpod {
    /// Speed in m/s and distance in m, if the record has the field.
    fn read(&mut self, record: &Message) -> Option<(f64, f64)> {
        let field = record.fields.iter().find(|f| f.num == Record::COMPRESSED_SPEED_DISTANCE)?;
        let Value::ArrayUint8(bytes) = &field.value else { return None };
        let [a, b, c] = **bytes else { return None };
        if [a, b, c] == [u8::MAX; 3] {
            return None;
        }
        let speed = u16::from(a) | (u16::from(b & 0x0f) << 8);
        let distance = u16::from(b >> 4) | (u16::from(c) << 4);
        let last = self.last_raw.replace(distance).unwrap_or(distance);
        self.total_raw += u64::from(distance.wrapping_sub(last) & 0x0fff);
        Some((f64::from(speed) / 100.0, self.total_raw as f64 / 16.0))
    }
}

/// CRC-16 of the FIT protocol.
pub(crate) fn crc16(bytes: &[u8]) -> u16 {
    const TABLE: [u16; 16] = [
        0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401, 0xA001, 0x6C00, 0x7800,
        0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
    ];
    bytes.iter().fold(0, |crc, &byte| {
        let nibble = |crc: u16, bits: u8| {
            (crc >> 4) ^ TABLE[usize::from(crc & 0xf)] ^ TABLE[usize::from(bits & 0xf)]
        };
        nibble(nibble(crc, byte), byte >> 4)
    })
}

#[cfg(test)]
mod tests {
    use rustyfit::profile::typedef::{FitBaseType, MesgNum};
    use rustyfit::proto::Field;

    use super::*;

    fn footpod_record(bytes: [u8; 3]) -> Message {
        let field = Field {
            num: Record::COMPRESSED_SPEED_DISTANCE,
            base_type: FitBaseType::BYTE,
            value: Value::ArrayUint8(Box::new(bytes)),
            is_expanded: false,
        };
        Message { num: MesgNum::RECORD, fields: vec![field], ..Message::default() }
    }

    #[test]
    fn footpod_distance_rolls_over() {
        let mut footpod = Footpod::default();
        // Speed 0x12c = 3.00 m/s; distances 0xff0 and 0x010 in sixteenths: 2 m apart.
        assert_eq!(footpod.read(&footpod_record([0x2c, 0x01, 0xff])), Some((3.0, 0.0)));
        assert_eq!(footpod.read(&footpod_record([0x2c, 0x01, 0x01])), Some((3.0, 2.0)));
        assert_eq!(footpod.read(&footpod_record([0xff, 0xff, 0xff])), None);
    }

    #[test]
    fn crc_of_a_whole_file_with_its_crc_is_zero() {
        let crc = crc16(b"123456789");
        assert_eq!(crc, 0xbb3d, "check value of CRC-16/ARC");
        let mut whole = b"123456789".to_vec();
        whole.extend(crc.to_le_bytes());
        assert_eq!(crc16(&whole), 0);
    }
}
