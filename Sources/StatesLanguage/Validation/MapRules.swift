/// The fields that only Map states have, and what is in them.
enum MapRules {
    static let fields: [FieldRule] = [
        FieldRule("ItemProcessor", .custom(.processor)), FieldRule("Iterator", .custom(.processor)),
        FieldRule("Parameters", .template, .jsonPath), FieldRule("ItemSelector", .template),
        FieldRule("ItemsPath", .reference(context: true), .jsonPath), FieldRule("Items", .template, .jsonata),
        FieldRule("ItemReader", .custom(.itemReader)), FieldRule("ItemBatcher", .object(itemBatcher)),
        FieldRule("ResultWriter", .object(resultWriter)), FieldRule("Label", .custom(.label)),
        FieldRule("MaxConcurrency", .integer(0...Int.max), expression: true),
        FieldRule("MaxConcurrencyPath", .reference(context: false), .jsonPath),
        FieldRule("ToleratedFailurePercentage", .decimal(0...100), expression: true),
        FieldRule("ToleratedFailurePercentagePath", .reference(context: false), .jsonPath),
        FieldRule("ToleratedFailureCount", .integer(0...Int.max), expression: true),
        FieldRule("ToleratedFailureCountPath", .reference(context: false), .jsonPath),
    ]

    /// Fields that only a distributed Map may have.
    static let distributedOnly = ["ItemReader", "ItemBatcher", "ResultWriter", "Label"]

    static let itemReader = ObjectRule(
        [
            FieldRule("Resource", .text), FieldRule("ReaderConfig", .object(readerConfig)),
            FieldRule("Parameters", .template, .jsonPath), FieldRule("Arguments", .template, .jsonata),
        ],
        required: ["Resource"])

    private static let readerConfig = ObjectRule(
        [
            FieldRule("InputType", .word(["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"])),
            FieldRule("Transformation", .word(["NONE", "LOAD_AND_FLATTEN"])),
            FieldRule("CSVHeaderLocation", .word(["FIRST_ROW", "GIVEN"])), FieldRule("CSVHeaders", .texts),
            FieldRule("CSVDelimiter", .word(["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"])),
            FieldRule("MaxItems", .integer(0...100_000_000), expression: true),
            FieldRule("MaxItemsPath", .reference(context: false), .jsonPath),
            FieldRule("ItemsPointer", .text, expression: true), FieldRule("ManifestType", .text),
        ],
        exclusive: [["MaxItems", "MaxItemsPath"]])

    private static let itemBatcher = ObjectRule(
        [
            FieldRule("BatchInput", .template), FieldRule("MaxItemsPerBatch", .integer(0...Int.max), expression: true),
            FieldRule("MaxItemsPerBatchPath", .reference(context: false), .jsonPath),
            FieldRule("MaxInputBytesPerBatch", .integer(0...262_144), expression: true),
            FieldRule("MaxInputBytesPerBatchPath", .reference(context: false), .jsonPath),
        ],
        exclusive: [
            ["MaxItemsPerBatch", "MaxItemsPerBatchPath"], ["MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"],
        ])

    private static let resultWriter = ObjectRule([
        FieldRule("Resource", .text), FieldRule("WriterConfig", .object(writerConfig)),
        FieldRule("Parameters", .template, .jsonPath), FieldRule("Arguments", .template, .jsonata),
    ])

    private static let writerConfig = ObjectRule([
        FieldRule("OutputType", .word(["JSON", "JSONL"])),
        FieldRule("Transformation", .word(["NONE", "COMPACT", "FLATTEN"])),
    ])
}
