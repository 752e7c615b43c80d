/** Every page of the UI, for the pictures; a page's own tests stand beside. */
export const signedOutPages: readonly string[] = ["/login", "/second-factor"];

export const signedInPages: readonly string[] = [
  "/p/web-shop/flags",
  "/p/web-shop/flags/new",
  "/p/web-shop/flags/checkout/targeting?env=production",
  "/p/web-shop/first-run",
  "/p/web-shop/first-run?flag=checkout&env=development",
  "/p/web-shop/flags/search-ranking/variations?env=production",
  "/p/web-shop/keys",
  "/p/web-shop/settings/general",
  "/p/web-shop/settings/environments",
  "/p/web-shop/settings/webhooks",
  "/account/members",
  "/account/members?invite=true",
  "/account/tokens",
  "/account/me",
  "/account/roles?who=role:deployer",
  "/account/roles/deployer",
  "/account/roles/new",
];
