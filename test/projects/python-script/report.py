import json
import os
from collections import Counter


def load(path):
    with open(path) as file:
        return [json.loads(line) for line in file if line.strip()]


def report(calls, port):
    print(f"Port calls at {port}: {len(calls)}")
    for ship, count in Counter(call["ship"] for call in calls).most_common():
        hours = sum(call["hours"] for call in calls if call["ship"] == ship)
        print(f"  {ship:<10} {count:>2} calls {hours:6.1f} h")


if __name__ == "__main__":
    report(load("calls.jsonl"), os.environ.get("PORT_NAME", "Busan"))
