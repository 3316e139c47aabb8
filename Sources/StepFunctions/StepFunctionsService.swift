package import AWSCore
import JSON
import StatesLanguage
import Telemetry
