/** Every option. */
export const optionNames = {
  baseUri: true,
  streamUri: true,
  eventsUri: true,
  streaming: true,
  pollIntervalMs: true,
  generation: true,
  flagSources: true,
  filter: true,
  source: true,
  offline: true,
  bootstrap: true,
  cachePath: true,
  cache: true,
  bigSegments: true,
  maxStalenessMs: true,
  reconnectDelayMs: true,
  readTimeoutMs: true,
  connectTimeoutMs: true,
  proxy: true,
  tls: true,
  sendEvents: true,
  flushIntervalMs: true,
  eventCapacity: true,
  gzipEvents: true,
  sendDiagnostics: true,
  privateAttributes: true,
  allAttributesPrivate: true,
  omitAnonymousContexts: true,
  tags: true,
  wrapper: true,
  hooks: true,
  logger: true,
  warnBeforeReady: true,
} as const;

/** What the options of other SDKs are called here. */
const renamed: Readonly<Record<string, string>> = {
  stream: "streaming",
  pollInterval: "pollIntervalMs, in milliseconds",
  flushInterval: "flushIntervalMs, in milliseconds",
  streamInitialReconnectDelay: "reconnectDelayMs, in milliseconds",
  timeout: "connectTimeoutMs, in milliseconds",
  capacity: "eventCapacity",
  diagnosticOptOut: "sendDiagnostics: false",
  application: "tags: { applicationId, applicationVersion }",
  payloadFilterKey: "filter",
  wrapperName: "wrapper: { name, version }",
  wrapperVersion: "wrapper: { name, version }",
  proxyOptions: "proxy, an address",
  tlsParams: "tls: { ca, rejectUnauthorized }",
  enableEventCompression: "gzipEvents",
  updateProcessor: "source",
  featureStore: "cache, or source",
  dataSystem: "flagSources: { initializers, synchronizers }",
  url: "baseUri",
  baseUrl: "baseUri",
  streamUrl: "streamUri",
  eventsUrl: "eventsUri",
  host: "baseUri",
};

/** What to write in place of an option that is not among the known ones; undefined where it is. */
export function nearestOption(name: string, known: object): string | undefined {
  if (Object.hasOwn(known, name)) return undefined;
  const right = Object.hasOwn(renamed, name) ? renamed[name] : similar(name, known);
  const advice = right === undefined ? "it is passed over" : `write ${right}`;
  return `there is no option "${name}"; ${advice}.`;
}

function similar(name: string, known: object): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/ms$|uri$|url$|[-_]/gu, "");
  return Object.keys(known).find((one) => plain(one) === plain(name));
}
