import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "code.title": "Use it in code",
  "code.runtimes": "Where your code runs",
  "code.assistant": "Ask your assistant",
  "code.install": "Install",
  "code.manager": "Package manager",
  "code.file": "Code",
  "code.file.named": "Put this into {file}",
  "code.run": "Run it",
  "code.prompt": "Prompt",
  "code.prompt.words": "Give this to the assistant that works in your project.",
  "code.hiddenKey":
    "You may not see this environment's SDK key, so the code has only how it ends. Somebody who may {action} can give it to you.",
  "code.notForBrowsers": "Browsers do not get this flag yet: the code would get its fallback.",
  "code.letBrowsers": "Let browsers get it",
  "code.letBrowsers.done": "Browsers get {flag}",
  "code.letBrowsers.failed": "{flag} could not be served to browsers",
  "signs.title": "What the server sees",
  "signs.listening": "Listening for an SDK in {environment}",
  "signs.connected": "Connected: {sdk} from {address}",
  "signs.more": { one: "and {count} more", other: "and {count} more" },
  "signs.waiting": "First evaluation",
  "signs.waiting.words": "SDKs report every few seconds what they have evaluated.",
  "signs.first": "First evaluation: {flag} gave {value}",
  "signs.off": "the flag is off",
  "signs.on": "the flag is on",
  "signs.turnOn": "Switch the flag, and see your code follow",
  "signs.now": "Now turn it on",
  "signs.followed": "Your code followed the switch: it gets {value}",
  "signs.log": "Evaluations",
  "signs.log.none": "Nothing yet.",
  "signs.times": { one: "once", other: "{count} times" },
  "signs.sdk": "by {sdk}",
  "signs.done": "done",
  "signs.open": "to do",
  "finding.title": "Why nothing has come",
  "finding.noKey": "{sdk} came without a key. Give it the key that stands in the code.",
  "finding.mistyped":
    "{sdk} came with a key that has a wrong or missing character. Copy the code again.",
  "finding.unknownKey":
    "{sdk} came with a key that is nobody's here: deleted, or of another server. Copy the code again.",
  "finding.expired":
    "{sdk} came with a key of {environment} that has expired. Take the one in the code.",
  "finding.wrongKind.sdkKey":
    "{sdk} came as a server, with a key that is not for servers. It needs the SDK key, as in the code for Node.",
  "finding.wrongKind.mobileKey":
    "{sdk} came as a phone, with a key that is not for phones. It needs the mobile key.",
  "finding.wrongKind.clientSideId":
    "{sdk} came as a browser, with a key that is not for browsers. It needs the client-side ID, as in the code for browsers.",
  "finding.otherEnvironment":
    "{sdk} has connected to {environment}. Its key is of that environment; you look at another one.",
  "finding.otherEnvironment.go": "Look at {environment}",
  "finding.unknownFlag": "Your code asked for {key}, which no flag has. This flag is {flag}.",
  "finding.nothingCame":
    "Nothing has reached {url} yet. Is the code running, and does its machine reach this address?",
});
