import { LoaderCircle } from "lucide-react";

/** Turns while something small is on its way; the words beside it say what. */
export function Spinner({ size = 14 }: { readonly size?: number }) {
  return <LoaderCircle size={size} className="animate-spin" aria-hidden />;
}
