import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { ConfirmDialog, Dialog, Sheet } from "../ui/dialog.tsx";

export function DialogsOfKit() {
  const [open, setOpen] = useState<"dialog" | "sheet" | "confirm">();
  const close = () => setOpen(undefined);
  return (
    <Card title="Dialogs">
      <div className="flex gap-3">
        <Button onPress={() => setOpen("dialog")}>Dialog</Button>
        <Button onPress={() => setOpen("sheet")}>Sheet</Button>
        <Button onPress={() => setOpen("confirm")}>Confirm</Button>
      </div>
      <Dialog isOpen={open === "dialog"} onClose={close} title="A dialog">
        It holds the focus.
      </Dialog>
      <Sheet
        isOpen={open === "sheet"}
        onClose={close}
        title="A sheet"
        actions={<Button onPress={close}>Done</Button>}
      >
        It stands at the side.
      </Sheet>
      <ConfirmDialog
        isOpen={open === "confirm"}
        onClose={close}
        title="Delete Checkout redesign"
        action="Delete flag"
        typed="checkout"
        isDanger
        onConfirm={close}
      >
        What asks for it gets its fallback.
      </ConfirmDialog>
    </Card>
  );
}
