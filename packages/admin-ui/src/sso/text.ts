import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "sso.title": "Single sign-on",
  "sso.what": "The settings of single sign-on",
  "sso.none":
    "People sign in with a password. With an OpenID provider, such as Keycloak, Entra ID, Okta or Google, they use the account they have.",
  "sso.fromEnvironment":
    "The server's environment says how people sign in (HALYARD_SSO_…); change it there.",
  "sso.unavailable.environment": "The server's environment says it; change it there.",

  "sso.provider": "Identity provider",
  "sso.issuer": "Issuer",
  "sso.issuer.words":
    "The provider's address, as it calls itself; its description is found from there.",
  "sso.issuer.wrong": "Give an address with https.",
  "sso.client": "Client ID",
  "sso.client.missing": "Give the client ID.",
  "sso.secret": "Client secret",
  "sso.secret.kept": "Leave it empty to keep the one there is.",
  "sso.secret.missing": "Give the client secret.",

  "sso.people": "Who gets in",
  "sso.defaultRole": "Role at the first sign-in",
  "sso.domains": "Domains of email addresses",
  "sso.domains.words":
    "Nobody else gets in. Leave it empty to let everybody in whom the provider knows.",
  "sso.trusts": "Let in addresses that the provider does not call verified",
  "sso.claims": "Roles and teams from claims",
  "sso.claims.words": "Given at each sign-in by the values of a claim; owners are left alone.",
  "sso.roleClaim": "Claim for roles",
  "sso.teamClaim": "Claim for teams",
  "sso.claim.from": "Value {number}",
  "sso.claim.role": "Role for value {number}",
  "sso.claim.team": "Team for value {number}",
  "sso.claim.addRole": "Add a value for a role",
  "sso.claim.addTeam": "Add a value for a team",
  "sso.claim.remove": "Remove value {number}",
  "sso.claim.gives": "gives",
  "sso.claim.value": "Value of the claim",

  "sso.save": "Save settings",
  "sso.setUp": "Turn single sign-on on",
  "sso.saved": "Single sign-on is set up",
  "sso.discard": "Discard changes",
  "sso.remove": "Turn single sign-on off",
  "sso.remove.title": "Turn single sign-on off",
  "sso.remove.words":
    "People sign in with their passwords again; who has none needs a password link from the members page. The settings and the secret are deleted.",
  "sso.removed": "Single sign-on is off",
  "sso.remove.failed": "Single sign-on could not be turned off",

  "sso.test": "Test the connection",
  "sso.test.good": "People would get in",
  "sso.test.bad": "People would not get in",
  "sso.test.description": "Provider",
  "sso.test.signatures": "Signatures",
  "sso.test.credentials": "Client",
  "sso.test.passed": "In order",
  "sso.test.failed": "Not in order",

  "sso.addresses": "Tell your provider",
  "sso.addresses.words":
    "Make a confidential client for the code flow with PKCE, and give it these.",
  "sso.redirect": "Redirect address",
  "sso.signOut": "Address after the sign-out",
  "sso.scopes": "Scopes",

  "sso.required": "Single sign-on for everybody",
  "sso.required.words":
    "Passwords let in owners alone, so that nobody is locked out when the provider is down. Sessions that are open stay.",
  "sso.required.on": "Everybody but owners comes by single sign-on",
  "sso.required.off": "Passwords let everybody in",
  "sso.required.failed": "It could not be changed",
  "sso.required.first": "Set single sign-on up first.",

  "scim.title": "Provisioning by SCIM",
  "scim.words":
    "Your directory makes members and teams here, and takes them away. Give it the address and a token.",
  "scim.address": "Address",
  "scim.tokens": "Tokens",
  "scim.tokens.none": "No directory has a token yet.",
  "scim.lastUsed": "Last used",
  "scim.never": "Never used",
  "scim.create": "Create SCIM token",
  "scim.create.name": "SCIM",
  "scim.made.title": "The token of your directory",
  "scim.made.words": "It is shown only now. It may do nothing but provision members and teams.",
  "scim.made.token": "Token",
  "scim.made.done": "Done",
  "scim.delete": "Delete the token {name}",
  "scim.delete.title": "Delete the token {name}",
  "scim.delete.action": "Delete token",
  "scim.delete.words": "The directory that uses it reaches nothing here from then on.",
  "scim.deleted": "The token {name} is deleted",
  "scim.delete.failed": "The token could not be deleted",
  "scim.create.failed": "The token could not be made",
});
