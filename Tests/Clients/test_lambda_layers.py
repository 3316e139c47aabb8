"""Layers as boto3 and aws cli see them, and as functions find them."""

import io
import json
import shutil
import zipfile

import pytest
from botocore.exceptions import ClientError
from conftest import Endpoint, deploy, unique


def package(**files):
    """A zip of files by path, executable."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in files.items():
            info = zipfile.ZipInfo(path)
            info.external_attr = 0o100755 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def publish(endpoint, name, *, text="", **files):
    return endpoint.client("lambda").publish_layer_version(
        LayerName=name, Description=text, Content={"ZipFile": package(**files)},
        CompatibleRuntimes=["python3.12"], CompatibleArchitectures=["x86_64"], LicenseInfo="MIT",
    )


def test_the_life_of_a_layer(endpoint):
    client = endpoint.client("lambda")
    name = unique("layer")
    first = publish(endpoint, name, text="one", **{"python/shared.py": "value = 1\n"})
    arn = f"arn:aws:lambda:us-east-1:000000000000:layer:{name}"
    assert (first["LayerArn"], first["LayerVersionArn"], first["Version"]) == (arn, f"{arn}:1", 1)
    assert first["Content"]["CodeSize"] > 0 and first["Content"]["CodeSha256"] and first["LicenseInfo"] == "MIT"
    second = publish(endpoint, name, text="two", **{"python/shared.py": "value = 2\n"})
    assert second["Version"] == 2
    got = client.get_layer_version(LayerName=name, VersionNumber=1)
    assert got["Description"] == "one" and got["CompatibleRuntimes"] == ["python3.12"]
    assert client.get_layer_version_by_arn(Arn=f"{arn}:2")["Description"] == "two"
    pages = list(client.get_paginator("list_layer_versions").paginate(LayerName=name, PaginationConfig={"PageSize": 1}))
    assert [[v["Version"] for v in page["LayerVersions"]] for page in pages] == [[2], [1]]
    listed = [l for page in client.get_paginator("list_layers").paginate() for l in page["Layers"] if l["LayerName"] == name]
    assert [l["LatestMatchingVersion"]["Version"] for l in listed] == [2]
    assert client.list_layer_versions(LayerName=name, CompatibleRuntime="nodejs22.x")["LayerVersions"] == []
    client.delete_layer_version(LayerName=name, VersionNumber=2)
    client.delete_layer_version(LayerName=name, VersionNumber=2)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_layer_version(LayerName=name, VersionNumber=2)
    assert publish(endpoint, name, **{"python/shared.py": ""})["Version"] == 3
    with pytest.raises(ClientError) as refused:
        client.publish_layer_version(LayerName=name, Content={"ZipFile": b"no zip"})
    assert refused.value.response["Error"]["Code"] == "InvalidParameterValueException"


def test_a_function_finds_what_is_in_its_layers(endpoint):
    base = publish(endpoint, unique("base"), **{
        "python/shared.py": "value = 'base'\n", "python/only_base.py": "value = 'base'\n", "bin/tool": "#!/bin/sh\necho base\n"})
    top = publish(endpoint, unique("top"), **{"python/shared.py": "value = 'top'\n", "bin/tool": "#!/bin/sh\necho top\n"})
    name = deploy(endpoint, """
import os, subprocess
import shared, only_base
def handler(event, context):
    return [shared.value, only_base.value, subprocess.check_output(["tool"], text=True).strip()]
""", Layers=[base["LayerVersionArn"], top["LayerVersionArn"]])
    client = endpoint.client("lambda")
    configuration = client.get_function_configuration(FunctionName=name)
    assert [layer["Arn"] for layer in configuration["Layers"]] == [base["LayerVersionArn"], top["LayerVersionArn"]]
    # A layer that comes later covers one before it; functions keep a version that is deleted.
    client.delete_layer_version(LayerName=base["LayerArn"], VersionNumber=1)
    answer = client.invoke(FunctionName=name)
    assert json.loads(answer["Payload"].read()) == ["top", "base", "top"]


@pytest.mark.skipif(not shutil.which("node"), reason="node is not on the PATH")
def test_a_node_function_finds_modules_of_a_layer(endpoint):
    layer = publish(endpoint, unique("node"), **{"nodejs/node_modules/shared/index.js": "exports.value = 'layer';"})
    code = package(**{"index.js": "const shared = require('shared'); exports.handler = async () => shared.value;"})
    name = deploy(endpoint, code, runtime="nodejs20.x", handler="index.handler", memory=512, Layers=[layer["LayerVersionArn"]])
    assert json.loads(endpoint.client("lambda").invoke(FunctionName=name)["Payload"].read()) == "layer"


def test_a_runtime_and_an_extension_can_be_layers(endpoint):
    script = """#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while true; do
    curl -s -D /tmp/headers-$$ -o /dev/null "$api/invocation/next"
    id=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\\([^[:space:]]*\\).*/\\1/p' /tmp/headers-$$)
    curl -s -o /dev/null --data '"from the layer"' "$api/invocation/$id/response"
done
"""
    layer = publish(endpoint, unique("runtime"), **{"bootstrap": script})
    name = deploy(endpoint, package(**{"data": "x"}), runtime="provided.al2023", handler="any", Layers=[layer["LayerVersionArn"]])
    assert json.loads(endpoint.client("lambda").invoke(FunctionName=name)["Payload"].read()) == "from the layer"


def test_layers_are_there_after_a_crash(tmp_path):
    arguments = ("--data", str(tmp_path / "data"))
    endpoint = Endpoint(*arguments)
    layer = publish(endpoint, "kept", **{"python/shared.py": "value = 'kept'\n"})
    name = deploy(endpoint, "import shared\ndef handler(event, context):\n    return shared.value\n", Layers=[layer["LayerVersionArn"]])
    endpoint.process.kill()
    endpoint.process.wait(timeout=10)
    endpoint.process.stdout.close(), endpoint.process.stderr.close()
    endpoint = Endpoint(*arguments)
    try:
        client = endpoint.client("lambda")
        assert client.get_layer_version(LayerName="kept", VersionNumber=1)["Content"]["CodeSha256"] == layer["Content"]["CodeSha256"]
        assert json.loads(client.invoke(FunctionName=name)["Payload"].read()) == "kept"
    finally:
        endpoint.stop()


def test_aws_cli(endpoint, tmp_path):
    (tmp_path / "layer.zip").write_bytes(package(**{"python/shared.py": ""}))
    name = unique("cli")
    made = endpoint.aws("lambda", "publish-layer-version", "--layer-name", name, "--zip-file", f"fileb://{tmp_path}/layer.zip")
    assert made["Version"] == 1
    assert endpoint.aws("lambda", "get-layer-version", "--layer-name", name, "--version-number", "1")["LayerArn"] == made["LayerArn"]
