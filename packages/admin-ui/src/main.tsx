import "./styles.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { RequestError } from "./api/request.ts";
import { newRouter } from "./router.ts";
import { beginEarly } from "./routes/early.ts";
import { followTheme } from "./theme/theme.ts";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refuses it refuses again.
      retry: (count, error) => count < 2 && !(error instanceof RequestError && error.status > 0),
    },
  },
});
const router = newRouter(queries);
beginEarly(router, queries);
followTheme();
const container = document.getElementById("root");
if (container !== null) {
  createRoot(container).render(
    <StrictMode>
      <I18nProvider locale="en-US">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}
