// Asks LaunchDarkly's Go SDK for every flag and context of a file, and writes what it gives.
package main

import (
	"encoding/json"
	"log"
	"os"
	"time"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldreason"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	ld "github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
	"github.com/launchdarkly/go-server-sdk/v7/ldcomponents"
)

type questions struct {
	Contexts []ldcontext.Context `json:"contexts"`
	Flags    []string            `json:"flags"`
	Fallback ldvalue.Value       `json:"fallback"`
}

type answer struct {
	Value          ldvalue.Value             `json:"value"`
	VariationIndex ldvalue.OptionalInt       `json:"variationIndex"`
	Reason         ldreason.EvaluationReason `json:"reason"`
}

func main() {
	url, sdkKey := os.Args[1], os.Args[2]
	content, err := os.ReadFile(os.Args[3])
	check(err)
	var asked questions
	check(json.Unmarshal(content, &asked))
	client, err := ld.MakeCustomClient(sdkKey, ld.Config{
		ServiceEndpoints: interfaces.ServiceEndpoints{Streaming: url, Polling: url, Events: url},
		Events:           ldcomponents.NoEvents(),
		Logging:          ldcomponents.NoLogging(),
	}, 20*time.Second)
	check(err)
	answers := []answer{}
	for _, context := range asked.Contexts {
		for _, key := range asked.Flags {
			// What is an error comes as a reason, and is compared as one.
			_, detail, _ := client.JSONVariationDetail(key, context, asked.Fallback)
			answers = append(answers, answer{detail.Value, detail.VariationIndex, detail.Reason})
		}
	}
	check(client.Close())
	written, err := json.Marshal(answers)
	check(err)
	check(os.WriteFile(os.Args[4], written, 0o600))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
