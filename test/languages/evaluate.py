"""Asks LaunchDarkly's Python SDK for every flag and context of a file, and writes what it gives."""

import json
import sys

import ldclient
from ldclient import Context
from ldclient.config import Config

url, sdk_key, questions_file, answers_file = sys.argv[1:]
with open(questions_file, encoding="utf-8") as file:
    questions = json.load(file)
ldclient.set_config(
    Config(sdk_key, base_uri=url, stream_uri=url, events_uri=url, send_events=False)
)
client = ldclient.get()
if not client.is_initialized():
    sys.exit("the SDK did not start")
answers = []
for given in questions["contexts"]:
    context = Context.from_dict(given)
    for key in questions["flags"]:
        detail = client.variation_detail(key, context, questions["fallback"])
        answers.append(
            {
                "value": detail.value,
                "variationIndex": detail.variation_index,
                "reason": detail.reason,
            }
        )
client.close()
with open(answers_file, "w", encoding="utf-8") as file:
    json.dump(answers, file)
