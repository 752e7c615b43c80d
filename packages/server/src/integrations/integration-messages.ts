import type { OutboundRequest } from "../outbound/outbound.ts";
import type { ChangeMessage } from "../webhooks/change-message.ts";
import { addressOf, type IntegrationConfig } from "./integration.ts";

/** What a service is sent to show a change in its own way. */
export function integrationRequest(
  config: IntegrationConfig,
  message: ChangeMessage,
): OutboundRequest {
  const headers = { "content-type": "application/json" };
  const url = addressOf(config);
  switch (config.key) {
    case "slack":
      return { url, headers, body: JSON.stringify(slackMessage(message)) };
    case "msteams":
      return { url, headers, body: JSON.stringify(teamsCard(message)) };
    case "datadog":
      return {
        url,
        headers: { ...headers, "dd-api-key": config.apiKey },
        body: JSON.stringify(datadogEvent(message)),
      };
    default:
      return config satisfies never;
  }
}

function slackMessage({ title, target, comment }: ChangeMessage): object {
  const lines = [`*${forSlack(title)}*`, placeOf(target.resources)].map((line) => line.trim());
  if (comment !== undefined) lines.push(`> ${comment.split("\n").map(forSlack).join("\n> ")}`);
  return { text: lines.filter((line) => line !== "").join("\n") };
}

/** Three characters have a meaning in Slack's markup. */
function forSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function teamsCard({ title, target, comment }: ChangeMessage): object {
  const text = (value: string, style: object = {}) => ({
    type: "TextBlock",
    text: value,
    wrap: true,
    ...style,
  });
  const body = [
    text(title, { weight: "Bolder" }),
    text(placeOf(target.resources), { isSubtle: true, spacing: "None" }),
    ...(comment === undefined ? [] : [text(comment)]),
  ];
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body,
  };
  const contentType = "application/vnd.microsoft.card.adaptive";
  return { type: "message", attachments: [{ contentType, content }] };
}

/** Datadog cuts titles at 100 characters and texts at 4,000. */
function datadogEvent({ _id, date, title, target, comment, kind }: ChangeMessage): object {
  const text = [title, ...target.resources, ...(comment === undefined ? [] : [comment])];
  const places = target.resources.flatMap((resource) => resource.split(":"));
  return {
    title: title.slice(0, 100),
    text: text.join("\n").slice(0, 4000),
    date_happened: Math.floor(date / 1000),
    alert_type: "info",
    aggregation_key: _id,
    tags: [
      "source:halyard",
      `kind:${kind}`,
      ...new Set(places.map((place) => place.replace("/", ":"))),
    ],
  };
}

function placeOf(resources: readonly string[]): string {
  return resources.join(", ");
}
