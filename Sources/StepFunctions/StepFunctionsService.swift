/// The service that runs state machines.
enum StepFunctionsService {}
