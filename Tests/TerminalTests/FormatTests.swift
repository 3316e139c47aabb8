import Terminal
import Testing

@Suite struct FormatTests {
    @Test(
        arguments: [
            (0, "0 µs"), (840, "840 µs"), (999, "999 µs"), (1000, "1.0 ms"), (6400, "6.4 ms"), (9949, "9.9 ms"),
            (9950, "10 ms"), (88_120, "88 ms"), (999_499, "999 ms"), (999_500, "1.00 s"), (1_240_000, "1.24 s"),
            (9_994_999, "9.99 s"), (9_995_000, "10.0 s"), (59_949_999, "59.9 s"), (59_950_000, "1 min"),
            (123_000_000, "2 min 3 s"), (3_600_000_000, "1 h"), (11_040_000_000, "3 h 4 min"),
            (190_800_000_000, "2 d 5 h"), (-1500, "-1.5 ms"), (nil, "·"), (.min, "-106751991 d 4 h"),
        ] as [(Int64?, String)])
    func durations(_ microseconds: Int64?, _ text: String) {
        #expect(Format.duration(microseconds: microseconds) == text)
    }

    @Test(
        arguments: [
            (0, "0"), (999, "999"), (1284, "1,284"), (9999, "9,999"), (10_000, "10k"), (12_843, "12.8k"),
            (128_400, "128k"), (999_499, "999k"), (999_500, "1M"), (1_234_567, "1.2M"), (-1284, "-1,284"), (nil, "·"),
            (.max, "9.2E"), (.min, "-9.2E"),
        ] as [(Int?, String)])
    func counts(_ value: Int?, _ text: String) {
        #expect(Format.count(value) == text)
    }

    @Test(
        arguments: [
            (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (81_788_928, "78 MiB"),
            (1_073_741_823, "1 GiB"), (nil, "·"), (.max, "8 EiB"), (.min, "-8 EiB"),
        ] as [(Int?, String)])
    func bytes(_ value: Int?, _ text: String) {
        #expect(Format.bytes(value) == text)
    }

    @Test(
        arguments: [
            (0, "0 %"), (0.042, "4.2 %"), (0.0001, "<0.1 %"), (0.41, "41.0 %"), (1, "100 %"), (0.9996, "100 %"),
            (nil, "·"), (.nan, "·"), (.infinity, "·"),
        ] as [(Double?, String)])
    func percentages(_ part: Double?, _ text: String) {
        #expect(Format.percent(part) == text)
    }

    @Test func rates() {
        #expect(Format.rate(perMinute: 312) == "312/min")
        #expect(Format.rate(perMinute: 1284) == "1,284/min")
        #expect(Format.rate(perSecond: 12.44) == "12.4/s")
        #expect(Format.rate(perSecond: 0.05) == "0.05/s")
        #expect(Format.rate(perSecond: 0) == "0/s")
        #expect(Format.rate(perSecond: nil) == "·")
        #expect(Format.rate(perSecond: 1e30) == "9E/s")
    }

    @Test(
        arguments: [
            (200_000, "0.2 s ago"), (9_990_000, "9.9 s ago"), (14_000_000, "14 s ago"), (150_000_000, "2 min ago"),
            (10_800_000_000, "3 h ago"), (432_000_000_000, "5 d ago"), (-5, "0.0 s ago"), (nil, "·"),
        ] as [(Int64?, String)])
    func ages(_ microseconds: Int64?, _ text: String) {
        #expect(Format.age(microseconds: microseconds) == text)
    }

    @Test(
        arguments: [
            (1_700_000_000_204_000, 0, "22:13:20.204", "2023-11-14"),
            (1_700_000_000_204_000, 3600 * 2, "00:13:20.204", "2023-11-15"),
            (1_709_164_800_000_000, 0, "00:00:00.000", "2024-02-29"),
            (1_709_164_800_000_000, -1, "23:59:59.000", "2024-02-28"),
            (-1, 0, "23:59:59.999", "1969-12-31"),
        ] as [(Int64, Int, String, String)])
    func clocks(_ microseconds: Int64, _ offset: Int, _ clock: String, _ date: String) {
        let zone = ClockZone(secondsFromUTC: offset)
        #expect(Format.clock(microseconds: microseconds, zone: zone) == clock)
        #expect(Format.date(microseconds: microseconds, zone: zone) == date)
    }

    @Test(arguments: [Int64.min, .max, 0])
    func anyMomentCanBeWritten(_ microseconds: Int64) {
        #expect(!Format.clock(microseconds: microseconds).isEmpty)
        #expect(!Format.date(microseconds: microseconds).isEmpty)
    }
}
