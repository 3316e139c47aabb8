"""Checks what an endpoint answered against the service model that botocore carries: unknown members, types, required ones."""

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal

NUMBERS = {"integer": (int,), "long": (int,), "float": (int, float, Decimal), "double": (int, float, Decimal)}


def problems(value, shape, path="output"):
    """All that does not suit the shape, as sentences; none when all is well."""
    kind = shape.type_name
    if kind == "structure":
        return _structure(value, shape, path)
    if kind == "list":
        if not isinstance(value, list):
            return [f"{path} is no list: {value!r}"]
        return [p for i, part in enumerate(value) for p in problems(part, shape.member, f"{path}[{i}]")]
    if kind == "map":
        if not isinstance(value, Mapping):
            return [f"{path} is no map: {value!r}"]
        return [p for key, part in value.items() for p in problems(part, shape.value, f"{path}.{key}")]
    return _scalar(value, shape, path)


def _structure(value, shape, path):
    if getattr(shape, "is_document_type", False):
        return []
    if not isinstance(value, Mapping):
        return [f"{path} is no structure: {value!r}"]
    found = []
    for name, part in value.items():
        if name not in shape.members:
            if name not in ("ResponseMetadata", "SDK_UNKNOWN_MEMBER"):
                found.append(f"{path} has an unknown member {name}")
            continue
        found += problems(part, shape.members[name], f"{path}.{name}")
    found += [f"{path} lacks {name}" for name in shape.required_members if name not in value]
    return found


def _scalar(value, shape, path):
    kind = shape.type_name
    if kind == "string":
        if not isinstance(value, str):
            # botocore turns policy documents and the like into values of their own.
            return [] if isinstance(value, Mapping) else [f"{path} is no text: {value!r}"]
        if shape.enum and value not in shape.enum:
            return [f"{path} is none of {shape.enum}: {value!r}"]
    elif kind in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, NUMBERS[kind]):
            return [f"{path} is no {kind}: {value!r}"]
    elif kind == "boolean":
        if not isinstance(value, bool):
            return [f"{path} is neither true nor false: {value!r}"]
    elif kind == "timestamp":
        if not isinstance(value, datetime.datetime):
            return [f"{path} is no time: {value!r}"]
    elif kind == "blob" and not isinstance(value, (bytes, bytearray)) and not hasattr(value, "read"):
        return [f"{path} is no binary: {value!r}"]
    return []


def unknown(document, shape, path="body"):
    """Members of a JSON body that the shape does not have; botocore drops them before anybody sees them."""
    kind = shape.type_name
    if kind == "structure" and isinstance(document, Mapping) and not getattr(shape, "is_document_type", False):
        names = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        found = [f"{path} has an unknown member {name}" for name in document if name not in names]
        return found + [
            p for name, part in document.items() if name in names for p in unknown(part, names[name], f"{path}.{name}")]
    if kind == "list" and isinstance(document, list):
        return [p for i, part in enumerate(document) for p in unknown(part, shape.member, f"{path}[{i}]")]
    if kind == "map" and isinstance(document, Mapping):
        return [p for key, part in document.items() for p in unknown(part, shape.value, f"{path}.{key}")]
    return []


def check(parsed, model, http_response, **_):
    """An `after-call` handler of boto3: fails on an answer that does not suit its operation's output shape."""
    # The body of an event stream has no end that could be waited for.
    if http_response.status_code >= 300 or model.output_shape is None or model.has_event_stream_output:
        return
    shape = model.output_shape
    found = problems(parsed, shape)
    if model.service_model.metadata["protocol"] == "json":
        body = json.loads(http_response.content or b"{}")
        found += unknown(body, shape)
    assert not found, f"{model.name}: " + "; ".join(found)
