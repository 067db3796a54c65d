#!/usr/bin/env python3
"""Writes the seed corpus of each fuzz target into fuzz/corpus; every file is made up here."""
import json
import struct
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"


def seed(target, name, content):
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def crc16(data):
    table = [0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
             0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400]
    crc = 0
    for byte in data:
        for nibble in (byte & 15, byte >> 4):
            crc = (crc >> 4) ^ table[crc & 15] ^ table[nibble]
    return crc


def fit_message(local, number, fields, rows, developer=()):
    """A definition and its data; a field is (number, size, base type, struct format)."""
    dev = b"".join(bytes((n, size, index)) for n, size, index, _ in developer)
    header = 0x40 | (0x20 if developer else 0) | local
    out = struct.pack("<BBBHB", header, 0, 0, number, len(fields))
    out += b"".join(bytes((n, size, base)) for n, size, base, _ in fields)
    if developer:
        out += bytes([len(developer)]) + dev
    formats = "<" + "".join(f[3] for f in fields) + "".join(f[3] for f in developer)
    for row in rows:
        out += bytes([local]) + struct.pack(formats, *row)
    return out


def fit_file(body, header_crc=True):
    head = struct.pack("<BBHI4s", 14, 0x20, 2100, len(body), b".FIT")
    head += struct.pack("<H", crc16(head) if header_crc else 0)
    return head + body + struct.pack("<H", crc16(head + body))


T0 = 1_000_000_000
U8, U16, U32, S32, ENUM, BYTE, TEXT = 0x02, 0x84, 0x86, 0x85, 0x00, 0x0D, 0x07


def fit_run(sport=1, sub_sport=0, altitude=True, count=20, start=T0):
    file_id = fit_message(0, 0, [(0, 1, ENUM, "B"), (1, 2, U16, "H"), (2, 2, U16, "H")], [(4, 1, 3113)])
    fields = [(253, 4, U32, "I"), (5, 4, U32, "I"), (4, 1, U8, "B"), (53, 1, U8, "B"),
              (0, 4, S32, "i"), (1, 4, S32, "i"), (78, 4, U32, "I")]
    rows = [(start + i, i * 300, 84, 64, 550_000_000 + 300 * i, 90_000_000,
             (7500 - 2 * i) if altitude else 0xFFFFFFFF) for i in range(count)]
    records = fit_message(1, 20, fields, rows)
    events = fit_message(2, 21, [(253, 4, U32, "I"), (0, 1, ENUM, "B"), (1, 1, ENUM, "B")],
                         [(start + 5, 0, 4), (start + 9, 0, 0)])
    session = fit_message(3, 18, [(253, 4, U32, "I"), (2, 4, U32, "I"), (5, 1, ENUM, "B"), (6, 1, ENUM, "B")],
                          [(start + count, start, sport, sub_sport)])
    return file_id + records + events + session


def fit_seeds():
    seed("fit", "run", fit_file(fit_run()))
    seed("fit", "zero_header_crc", fit_file(fit_run(), header_crc=False))
    seed("fit", "treadmill", fit_file(fit_run(sub_sport=1, altitude=False)))
    seed("fit", "legs", fit_file(fit_run(sport=2) + fit_run(start=T0 + 100) + fit_run(sport=0, start=T0 + 200)))
    seed("fit", "chain", fit_file(fit_run()) * 2)
    seed("fit", "cut", fit_file(fit_run())[:-60])
    description = fit_message(4, 206, [(0, 1, U8, "B"), (1, 1, U8, "B"), (2, 1, U8, "B"), (3, 8, TEXT, "8s"), (8, 4, TEXT, "4s")],
                              [(0, 0, 0x88, b"Speed", b"m/s")])
    pod = fit_message(5, 20, [(253, 4, U32, "I"), (2, 2, U16, "H"), (8, 3, BYTE, "3s")],
                      [(T0 + i, 3000 - i, bytes((44, 1, i)), 3.0) for i in range(9)], developer=[(0, 4, 0, "f")])
    seed("fit", "pod", fit_file(description + pod))


def xml_seeds():
    point = ('<trkpt lat="46.{0:03}" lon="8.0"><ele>{1}</ele><time>2026-05-01T08:00:{2:02}Z</time><extensions>'
             '<g:TrackPointExtension><g:cad>85</g:cad></g:TrackPointExtension><speed>2.9</speed>'
             '<distance>{3}</distance></extensions></trkpt>')
    points = "".join(point.format(i, 900 - i, i * 5, i * 15) for i in range(8))
    gpx = '<?xml version="1.0"?><gpx creator="StravaGPX" version="1.1"><trk><name>a</name><type>running</type><trkseg>{}</trkseg></trk></gpx>'
    seed("gpx", "run", gpx.format(points))
    seed("gpx", "segments", gpx.format(points[:900] + "</trkseg><trkseg>" + points))
    seed("gpx", "course", '<gpx><rte><rtept lat="46" lon="8"><ele>9</ele></rtept><rtept lat="46.01" lon="8"><ele>1</ele></rtept></rte></gpx>')
    point = ('<Trackpoint><Time>2026-05-01T08:00:{0:02}Z</Time><Position><LatitudeDegrees>46.{0:03}</LatitudeDegrees>'
             '<LongitudeDegrees>8</LongitudeDegrees></Position><AltitudeMeters>{1}</AltitudeMeters>'
             '<DistanceMeters>{2}</DistanceMeters><Extensions><TPX><Speed>3</Speed><RunCadence>84</RunCadence></TPX></Extensions></Trackpoint>')
    points = "".join(point.format(i * 5, 900 - i, i * 15) for i in range(8))
    tcx = ('<TrainingCenterDatabase><Activities><Activity Sport="{}"><Lap StartTime="2026-05-01T08:00:00Z"><Track>{}</Track></Lap>'
           '<Creator><Name>Forerunner 945</Name></Creator></Activity></Activities></TrainingCenterDatabase>')
    seed("tcx", "run", tcx.format("Running", points))
    seed("tcx", "other", tcx.format("Other", points.replace("</Trackpoint>", "</Trackpoint></Track><Track>", 1)))


def table_seeds():
    n = range(12)
    streams = {"time": [i for i in n], "distance": [3.0 * i for i in n], "altitude": [900.5 - i for i in n],
               "cadence": [85] * 12, "moving": [i not in (4, 5) for i in n], "velocity_smooth": [3.0] * 12,
               "latlng": [[46 + i / 1e5, 8.0] for i in n], "grade_smooth": [-10.0] * 12}
    seed("json", "array", json.dumps([{"type": k, "data": v} for k, v in streams.items()]))
    seed("json", "keyed", json.dumps({k: {"data": v, "series_type": "time"} for k, v in streams.items()}))
    seed("json", "wrapped", json.dumps({"type": "Run", "start_date": "2026-05-01T08:00:00Z", "streams": streams}))
    lines = "".join(f"{i},{3 * i},{900 - i},85\n" for i in n)
    seed("csv", "seconds", "# start: 2026-05-01T08:00:00Z\ntime_s,distance_m,elevation_m,cadence_steps_min\n" + lines)
    seed("csv", "times", "Time;Ele;Speed\n" + "".join(f"2026-05-01T08:00:{i:02}Z;{900 - i};3.0\n" for i in n))
    seed("csv", "tabs", "timestamp\tdistance\taltitude\n0\t0\t5\n\"1\"\t3\tnan\n2\t6\t4\n")


def rating_seeds():
    columns = "date,soreness,strength_loss_percent,jump_loss_percent,could_not_walk_downstairs,other_cause,muscle"
    rows = ["2026-05-02,6,20,,yes,,quadriceps", "2026-05-03,4,,8,,gym,", "2026-05-08T08:00:00Z,2,,,,,legs"]
    seed("ratings", "table", "\n".join(["# scale: nrs", columns, *rows]) + "\n")
    wellness = {"id": "2026-05-02", "restingHR": 48, "soreness": 3}
    noted = {"date": "2026-05-03", "soreness": 70, "scale": "vas", "muscle": "calves"}
    seed("ratings", "list", json.dumps([wellness, noted]))


rating_seeds()
fit_seeds()
xml_seeds()
table_seeds()
