"""CloudWatch alarms through boto3 and aws cli."""

import json
import signal

import pytest
from botocore.exceptions import ClientError
from conftest import Endpoint, deploy, eventually, messages, unique

REACT = """
import json

def handler(event, context):
    print("REACT", json.dumps(event))
"""

EMF = """
import json, time

def handler(event, context):
    print(json.dumps({
        "_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [
            {"Namespace": event["namespace"], "Dimensions": [[]], "Metrics": [{"Name": "failures"}]}]},
        "failures": 3}))
"""


def put(endpoint, name, **changes):
    alarm = {"AlarmName": name, "Namespace": name, "MetricName": "m", "Statistic": "Sum", "Period": 60,
             "EvaluationPeriods": 1, "Threshold": 2, "ComparisonOperator": "GreaterThanThreshold", **changes}
    endpoint.client("cloudwatch").put_metric_alarm(**{key: value for key, value in alarm.items() if value is not None})
    return name


def describe(endpoint, name):
    found = endpoint.client("cloudwatch").describe_alarms(
        AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    return (found["MetricAlarms"] + found["CompositeAlarms"])[0]


def state(endpoint, name):
    return describe(endpoint, name)["StateValue"]


def measure(endpoint, name, value):
    endpoint.client("cloudwatch").put_metric_data(Namespace=name, MetricData=[{"MetricName": "m", "Value": value}])


def test_an_alarm_fires_at_once_and_calls_a_function(endpoint):
    function = deploy(endpoint, REACT)
    arn = endpoint.client("lambda").get_function_configuration(FunctionName=function)["FunctionArn"]
    name = put(endpoint, unique("high"), AlarmActions=[arn], AlarmDescription="too many", Tags=[
        {"Key": "team", "Value": "shop"}])
    alarm = describe(endpoint, name)
    assert alarm["StateValue"] == "INSUFFICIENT_DATA" and alarm["AlarmDescription"] == "too many"
    measure(endpoint, name, 3)
    eventually(lambda: state(endpoint, name) == "ALARM", "the alarm fires")
    alarm = describe(endpoint, name)
    assert alarm["StateReason"].startswith("Threshold Crossed: 1 out of the last 1 datapoints [3.0 (")
    assert alarm["StateReason"].endswith(
        "was greater than the threshold (2.0) (minimum 1 datapoint for OK -> ALARM transition).")
    data = json.loads(alarm["StateReasonData"])
    assert data["recentDatapoints"] == [3.0] and data["threshold"] == 2.0 and data["period"] == 60
    line = next(text for text in messages(endpoint, function, until="REACT") if text.startswith("REACT"))
    event = json.loads(line.removeprefix("REACT "))
    assert event["source"] == "aws.cloudwatch" and event["alarmArn"] == alarm["AlarmArn"]
    assert event["alarmData"]["state"]["value"] == "ALARM"
    assert event["alarmData"]["configuration"]["metrics"][0]["metricStat"]["stat"] == "Sum"
    eventually(lambda: "Action" in kinds(endpoint, name), "the action in the history")
    assert kinds(endpoint, name)[-1] == "ConfigurationUpdate"


def kinds(endpoint, name):
    items = endpoint.client("cloudwatch").describe_alarm_history(AlarmName=name)["AlarmHistoryItems"]
    return [item["HistoryItemType"] for item in items]


def test_a_function_that_only_prints_fires_an_alarm(endpoint):
    function, name = deploy(endpoint, EMF), unique("emf")
    put(endpoint, name, MetricName="failures")
    endpoint.client("lambda").invoke(FunctionName=function, Payload=json.dumps({"namespace": name}))
    eventually(lambda: state(endpoint, name) == "ALARM", "the alarm fires")
    frame = endpoint.fntop("snapshot", "alarms", "--size", "160x48").stdout.decode()
    assert name in frame and "failures" in frame
    frame = endpoint.fntop("snapshot", f"alarm/{name}", "--size", "120x40").stdout.decode()
    assert "in alarm" in frame and "threshold 2" in frame
    printed = endpoint.fntop("alarms", name, "--json").stdout.decode()
    assert json.loads(printed)["StateValue"] == "ALARM"
    assert name in endpoint.fntop("alarms", "--state", "ALARM").stdout.decode()
    assert endpoint.fntop("alarms", "--state", "nope").returncode == 2


def test_errors_of_a_function_fire_an_alarm(endpoint):
    function = deploy(endpoint, "def handler(event, context): raise ValueError")
    name = put(endpoint, unique("errors"), Namespace="AWS/Lambda", MetricName="Errors", Threshold=0, Dimensions=[
        {"Name": "FunctionName", "Value": function}])
    endpoint.client("lambda").invoke(FunctionName=function)
    eventually(lambda: state(endpoint, name) == "ALARM", "the alarm fires")
    client = endpoint.client("cloudwatch")
    found = client.describe_alarms_for_metric(
        Namespace="AWS/Lambda", MetricName="Errors", Dimensions=[{"Name": "FunctionName", "Value": function}])
    assert [alarm["AlarmName"] for alarm in found["MetricAlarms"]] == [name]


def test_expressions_and_composites(endpoint):
    client, name = endpoint.client("cloudwatch"), unique("math")

    def metric(identifier):
        return {"Id": identifier, "ReturnData": False, "MetricStat": {
            "Metric": {"Namespace": name, "MetricName": "m"}, "Period": 60, "Stat": "Sum"}}

    put(endpoint, name, Namespace=None, MetricName=None, Statistic=None, Period=None, Metrics=[
        {"Id": "twice", "Expression": "m1 * 2", "Label": "twice"}, metric("m1")], Threshold=5)
    put(endpoint, name + "-other")
    both, either = name + "-both", name + "-either"
    client.put_composite_alarm(AlarmName=both, AlarmRule=f'ALARM("{name}") AND ALARM("{name}-other")')
    client.put_composite_alarm(AlarmName=either, AlarmRule=f"ALARM({name}) OR ALARM({both})")
    eventually(lambda: state(endpoint, either) == "OK", "the composite is looked at")
    measure(endpoint, name, 3)
    eventually(lambda: state(endpoint, either) == "ALARM", "the composite fires")
    assert state(endpoint, both) == "OK"
    assert describe(endpoint, name)["Metrics"][0]["Expression"] == "m1 * 2"
    assert "transitioned to ALARM" in describe(endpoint, either)["StateReason"]
    children = client.describe_alarms(ChildrenOfAlarmName=both)["MetricAlarms"]
    assert {alarm["AlarmName"] for alarm in children} == {name, name + "-other"}
    parents = client.describe_alarms(ParentsOfAlarmName=name)["CompositeAlarms"]
    assert {alarm["AlarmName"] for alarm in parents} == {both, either}
    with pytest.raises(ClientError) as caught:
        client.delete_alarms(AlarmNames=[name])
    assert caught.value.response["Error"]["Code"] == "ValidationError"
    client.delete_alarms(AlarmNames=[either, both, name, name + "-other"])
    assert client.describe_alarms(AlarmNamePrefix=name, AlarmTypes=["MetricAlarm", "CompositeAlarm"])["MetricAlarms"] == []


def test_states_set_by_hand_actions_and_tags(endpoint):
    client = endpoint.client("cloudwatch")
    name = put(endpoint, unique("hand"), Tags=[{"Key": "a", "Value": "1"}])
    client.set_alarm_state(AlarmName=name, StateValue="OK", StateReason="checked", StateReasonData='{"by": "hand"}')
    alarm = describe(endpoint, name)
    assert (alarm["StateValue"], alarm["StateReason"]) == ("OK", "checked")
    client.disable_alarm_actions(AlarmNames=[name])
    assert describe(endpoint, name)["ActionsEnabled"] is False
    client.enable_alarm_actions(AlarmNames=[name])
    assert describe(endpoint, name)["ActionsEnabled"] is True
    client.tag_resource(ResourceARN=alarm["AlarmArn"], Tags=[{"Key": "b", "Value": "2"}])
    client.untag_resource(ResourceARN=alarm["AlarmArn"], TagKeys=["a"])
    assert client.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"] == [{"Key": "b", "Value": "2"}]
    for call, code in [
        (lambda: client.set_alarm_state(AlarmName="gone", StateValue="OK", StateReason=""), "ResourceNotFound"),
        (lambda: client.delete_alarms(AlarmNames=["gone"]), "ResourceNotFound"),
        (lambda: client.put_composite_alarm(AlarmName="c", AlarmRule="NONE(x)"), "ValidationError"),
        (lambda: put(endpoint, "bad", EvaluationPeriods=5000), "ValidationError"),
        (lambda: put(endpoint, "bad", ComparisonOperator="GreaterThanUpperThreshold", ThresholdMetricId="a"),
         "ValidationError"),
        (lambda: client.list_tags_for_resource(ResourceARN=alarm["AlarmArn"] + "x"), "ResourceNotFoundException"),
    ]:
        with pytest.raises(ClientError) as caught:
            call()
        assert caught.value.response["Error"]["Code"] == code


def test_lists_come_in_pages(endpoint):
    client, prefix = endpoint.client("cloudwatch"), unique("page")
    for number in range(5):
        put(endpoint, f"{prefix}-{number}")
    pages = list(client.get_paginator("describe_alarms").paginate(
        AlarmNamePrefix=prefix, PaginationConfig={"PageSize": 2}))
    assert [len(page["MetricAlarms"]) for page in pages] == [2, 2, 1]
    assert len(client.describe_alarms(AlarmNamePrefix=prefix, StateValue="INSUFFICIENT_DATA")["MetricAlarms"]) == 5


def test_aws_cli(endpoint):
    name = unique("cli")
    endpoint.aws(
        "cloudwatch", "put-metric-alarm", "--alarm-name", name, "--namespace", name, "--metric-name", "m",
        "--statistic", "Sum", "--period", "60", "--evaluation-periods", "1", "--threshold", "2",
        "--comparison-operator", "GreaterThanThreshold", "--treat-missing-data", "notBreaching")
    alarm = endpoint.aws("cloudwatch", "describe-alarms", "--alarm-names", name)["MetricAlarms"][0]
    assert alarm["Threshold"] == 2 and alarm["TreatMissingData"] == "notBreaching"
    endpoint.aws("cloudwatch", "set-alarm-state", "--alarm-name", name, "--state-value", "ALARM", "--state-reason", "x")
    items = endpoint.aws(
        "cloudwatch", "describe-alarm-history", "--alarm-name", name, "--history-item-type", "StateUpdate")
    assert items["AlarmHistoryItems"][0]["HistorySummary"].endswith("to ALARM")
    endpoint.aws("cloudwatch", "put-composite-alarm", "--alarm-name", name + "-c", "--alarm-rule", f"ALARM({name})")
    composites = endpoint.aws("cloudwatch", "describe-alarms", "--alarm-types", "CompositeAlarm")["CompositeAlarms"]
    assert name + "-c" in [alarm["AlarmName"] for alarm in composites]
    endpoint.aws("cloudwatch", "delete-alarms", "--alarm-names", name + "-c", name)


def test_alarms_outlive_the_program(tmp_path):
    first = Endpoint("--data", str(tmp_path))
    name = put(first, unique("kept"), TreatMissingData="ignore")
    measure(first, name, 5)
    eventually(lambda: state(first, name) == "ALARM", "the alarm fires")
    first.stop()
    second = Endpoint("--data", str(tmp_path))
    try:
        alarm = describe(second, name)
        assert (alarm["StateValue"], alarm["Threshold"]) == ("ALARM", 2)
        assert name in second.fntop("alarms").stdout.decode()
    finally:
        second.stop()


def test_alarms_of_a_file_are_there_from_the_start(tmp_path):
    folder = tmp_path / "fntop"
    folder.mkdir()
    (folder / "config.toml").write_text("""
[[alarm]]
name = "failures"
function = "fragile"
metric = "Errors"
threshold = 2
period = 10

[[alarm]]
name = "nothing"
metric = "Errors"
threshold = 1
missing = "perhaps"

[[alarm]]
metric = "Errors"
""")
    endpoint = Endpoint(XDG_CONFIG_HOME=str(tmp_path))
    try:
        found = endpoint.client("cloudwatch").describe_alarms()["MetricAlarms"]
        assert [alarm["AlarmName"] for alarm in found] == ["failures"]
        assert (found[0]["Statistic"], found[0]["Period"], found[0]["Threshold"]) == ("Sum", 10, 2)
        assert found[0]["Dimensions"] == [{"Name": "FunctionName", "Value": "fragile"}]
        deploy(endpoint, "def handler(event, context):\n    raise ValueError\n", name="fragile")
        for _ in range(4):
            endpoint.client("lambda").invoke(FunctionName="fragile")
        client = endpoint.client("cloudwatch")
        eventually(lambda: client.describe_alarms()["MetricAlarms"][0]["StateValue"] == "ALARM", "the alarm")
        endpoint.process.send_signal(signal.SIGTERM)
        complaints = endpoint.process.stderr.read()
        assert "alarm 3: name is missing" in complaints and "alarm nothing: " in complaints
    finally:
        endpoint.stop()
