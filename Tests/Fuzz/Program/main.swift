import FuzzInputs
import Glibc

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    print("usage: fntop-fuzz [--seconds N | --count N] [--seed S] [definition|path|intrinsic|jsonata|execution]…")
    exit(2)
}
guard let file = InputFile(seed: options.seed) else {
    print("fntop-fuzz: cannot make the file of the current input")
    exit(1)
}
print("fntop-fuzz: seed \(options.seed), the current input is in \(file.path)")
fflush(nil)
Watchdog.arm()
let clock = ContinuousClock()
for kind in options.kinds {
    let began = clock.now
    var tried = 0
    var taken = 0
    var slowest = Duration.zero
    while options.seconds.map({ clock.now - began < .seconds($0) }) ?? (tried < options.count) {
        var random = FuzzRandom(seed: options.seed &* 0x1_0000_0001 &+ UInt64(tried))
        let input = kind.input(&random)
        file.write("\(kind.rawValue) seed \(options.seed) number \(tried)", input)
        let start = clock.now
        // Executions end with their 25,000th event, each of which may hold 256 KiB.
        Watchdog.start(limit: kind == .execution || kind == .definition ? 10 : 1)
        if kind.run(input, &random) { taken += 1 }
        Watchdog.stop()
        slowest = max(slowest, clock.now - start)
        tried += 1
    }
    let seconds = (clock.now - began) / .seconds(1)
    print(
        "\(kind.rawValue): \(tried) inputs, \(taken) valid, \(Int(Double(tried) / max(seconds, 0.001)))/s, slowest \(slowest)"
    )
    fflush(nil)
}
file.remove()
