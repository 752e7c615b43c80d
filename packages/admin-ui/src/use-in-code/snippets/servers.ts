import type { Json } from "@halyard/evaluation";
import { quoted, type Snippet, type SnippetFacts } from "./snippet.ts";

export function pythonSnippet({ url, sdkKey, flag, fallback }: SnippetFacts): Snippet {
  const at = quoted(url);
  return {
    install: "pip install launchdarkly-server-sdk",
    file: "flags.py",
    code: `import time
import ldclient
from ldclient import Config, Context

url = ${at}
ldclient.set_config(Config(${quoted(sdkKey)}, base_uri=url, stream_uri=url, events_uri=url))
ada = Context.create("ada")
while True:
    value = ldclient.get().variation(${quoted(flag)}, ada, ${pythonLiteral(fallback)})
    print(${quoted(flag)}, value, flush=True)
    time.sleep(2)`,
    run: "python3 flags.py",
  };
}

/** A value as Python writes it. */
export function pythonLiteral(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, one]) => `${quoted(key)}: ${pythonLiteral(one)}`,
  );
  return `{${members.join(", ")}}`;
}

/** The name that typed SDKs give to a value's type. */
function typeName(value: Json): "Bool" | "String" | "Number" | "JSON" {
  if (typeof value === "boolean") return "Bool";
  if (typeof value === "string") return "String";
  return typeof value === "number" ? "Number" : "JSON";
}

export function goSnippet({ url, sdkKey, flag, fallback }: SnippetFacts): Snippet {
  const type = typeName(fallback);
  const isJson = type === "JSON";
  const [method, literal] = isJson
    ? ["JSONVariation", `ldvalue.Parse([]byte(${quoted(JSON.stringify(fallback))}))`]
    : [type === "Number" ? "Float64Variation" : `${type}Variation`, JSON.stringify(fallback)];
  const valueImport = isJson ? `\n\t"github.com/launchdarkly/go-sdk-common/v3/ldvalue"` : "";
  return {
    install: "go get github.com/launchdarkly/go-server-sdk/v7",
    file: "main.go",
    code: `package main

import (
	"fmt"
	"log"
	"time"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"${valueImport}
	ld "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/ldcomponents"
)

func main() {
	config := ld.Config{ServiceEndpoints: ldcomponents.RelayProxyEndpoints(${quoted(url)})}
	client, err := ld.MakeCustomClient(${quoted(sdkKey)}, config, 5*time.Second)
	if err != nil {
		log.Fatal(err)
	}
	for {
		value, _ := client.${method}(${quoted(flag)}, ldcontext.New("ada"), ${literal})
		fmt.Println(${quoted(flag)}, value)
		time.Sleep(2 * time.Second)
	}
}`,
    run: "go run .",
  };
}

export function javaSnippet({ url, sdkKey, flag, fallback }: SnippetFacts): Snippet {
  const [method, literal] = {
    Bool: ["boolVariation", JSON.stringify(fallback)],
    String: ["stringVariation", JSON.stringify(fallback)],
    Number: ["doubleVariation", JSON.stringify(fallback)],
    JSON: ["jsonValueVariation", `LDValue.parse(${quoted(JSON.stringify(fallback))})`],
  }[typeName(fallback)];
  return {
    install: `implementation("com.launchdarkly:launchdarkly-java-server-sdk:7.+")`,
    file: "Flags.java",
    code: `import com.launchdarkly.sdk.*;
import com.launchdarkly.sdk.server.*;

public class Flags {
  public static void main(String[] arguments) throws Exception {
    LDConfig config = new LDConfig.Builder()
        .serviceEndpoints(Components.serviceEndpoints().relayProxy(${quoted(url)}))
        .build();
    LDClient client = new LDClient(${quoted(sdkKey)}, config);
    LDContext ada = LDContext.create("ada");
    while (true) {
      System.out.println(${quoted(`${flag} `)} + client.${method}(${quoted(flag)}, ada, ${literal}));
      Thread.sleep(2000);
    }
  }
}`,
  };
}

export function dotNetSnippet({ url, sdkKey, flag, fallback }: SnippetFacts): Snippet {
  const [method, literal] = {
    Bool: ["BoolVariation", JSON.stringify(fallback)],
    String: ["StringVariation", JSON.stringify(fallback)],
    Number: ["DoubleVariation", JSON.stringify(fallback)],
    JSON: ["JsonVariation", `LdValue.Parse(${quoted(JSON.stringify(fallback))})`],
  }[typeName(fallback)];
  return {
    install: "dotnet add package LaunchDarkly.ServerSdk",
    file: "Program.cs",
    code: `using LaunchDarkly.Sdk;
using LaunchDarkly.Sdk.Server;

var config = Configuration.Builder(${quoted(sdkKey)})
    .ServiceEndpoints(Components.ServiceEndpoints().RelayProxy(${quoted(url)}))
    .Build();
var client = new LdClient(config);
var ada = Context.New("ada");
while (true)
{
    Console.WriteLine(${quoted(`${flag} `)} + client.${method}(${quoted(flag)}, ada, ${literal}));
    await Task.Delay(2000);
}`,
    run: "dotnet run",
  };
}
