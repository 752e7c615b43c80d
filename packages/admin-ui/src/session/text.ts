import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "session.ended.title": "Your session has ended",
  "session.ended.words": "Sign in to go on where you are. What you have typed is kept.",
  "session.signIn": "Sign in",
  "session.signIn.sso": "Sign in with single sign-on",
  "session.create.title": "Create the owner",
  "session.create": "Create",
  "session.name": "Name",
  "session.email": "Email",
  "session.password": "Password",
  "session.code": "Code",
  "session.noAnswer": "The server does not answer.",
  "session.choosePassword": "Choose a password",
  "session.save": "Save",
  "session.goOn": "Go on",
  "session.confirm": "Confirm",
  "session.factor.title": "Add a second factor",
  "session.factor.key": "Give your authenticator app this key, or {link}.",
  "session.factor.open": "open it there",
  "session.factor.codes": "Keep these codes",
  "session.factor.codes.words":
    "Each signs you in once, should you lose the app. They are shown once.",
  "session.factor.kept": "I have kept them",
});
