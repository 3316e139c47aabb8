import AWSCore
import JSON
import StatesLanguage
import Telemetry

/// A state machine with its versions and aliases.
struct StateMachine: Sendable {
    let arn: String
    let name: String
    let type: MachineType
    let created: Timestamp
    /// In which order machines were made, from 1 on.
    let number: Int
    /// What runs when no version or alias is named.
    var revision: MachineRevision
    /// Ordered by number, the oldest first.
    var versions: [MachineVersion] = []
    /// Numbers are never given twice, even after a version was deleted.
    var nextVersion = 1
    /// In the order they were made.
    var aliases: [MachineAlias] = []
    var tags = Tags()
    var nextAlias = 1

    func version(_ number: Int) -> MachineVersion? { versions.first { $0.number == number } }
    func alias(_ name: String) -> MachineAlias? { aliases.first { $0.name == name } }
    func versionARN(_ number: Int) -> String { "\(arn):\(number)" }
    func aliasARN(_ name: String) -> String { "\(arn):\(name)" }

    /// The version of the current revision, if it was published.
    var publishedVersion: MachineVersion? {
        versions.last { $0.revision.revisionID == revision.revisionID }
    }

    /// AWS's quota for a machine.
    private static let mostVersions = 1000

    /// Publishes the current revision; a revision that is published already keeps its version.
    ///
    /// - Throws: `ServiceQuotaExceededException`.
    mutating func publish(description: String?, at time: Timestamp) throws(ServiceError) -> MachineVersion {
        if let publishedVersion { return publishedVersion }
        guard versions.count < Self.mostVersions else {
            throw ServiceError(
                "ServiceQuotaExceededException", "Maximum number of versions (\(Self.mostVersions)) reached")
        }
        let version = MachineVersion(number: nextVersion, revision: revision, description: description, created: time)
        versions.append(version)
        nextVersion += 1
        return version
    }
}

enum MachineType: String, Sendable {
    case standard = "STANDARD"
    case express = "EXPRESS"
}

/// What one update of a machine made of it.
struct MachineRevision: Sendable {
    /// As the client sent it.
    var text: String
    var definition: StateMachineDefinition
    var roleARN: String
    var logging: LoggingConfiguration
    var isTraced: Bool
    var encryption: JSON?
    /// A UUID; `nil` for the revision that a machine was created with.
    var revisionID: String?
    var updated: Timestamp

    func isSame(as other: MachineRevision) -> Bool {
        definition.source == other.definition.source && roleARN == other.roleARN && logging == other.logging
            && isTraced == other.isTraced && encryption == other.encryption
    }
}

struct MachineVersion: Sendable {
    var number: Int
    var revision: MachineRevision
    var description: String?
    var created: Timestamp
}

struct MachineAlias: Sendable {
    var name: String
    var description: String
    var routes: [Route]
    var created: Timestamp
    var updated: Timestamp
    /// In which order the aliases of a machine were made.
    var number: Int

    struct Route: Hashable, Sendable {
        var version: Int
        /// Percent.
        var weight: Int
    }

    /// - Parameter random: from 0 up to and without 100.
    func version(random: Int) -> Int? {
        var rest = random
        for route in routes {
            if rest < route.weight { return route.version }
            rest -= route.weight
        }
        return routes.last?.version
    }
}
