import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useUnavailable } from "../session/unavailable.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Menu } from "../ui/menu.tsx";
import { DeleteSegment } from "./delete-segment.tsx";
import { EditSegment } from "./edit-segment.tsx";
import type { ShownSegment } from "./shown-segment.ts";
import { t } from "./text.ts";

/** What can be done to the segment as a whole. */
export function SegmentMenu({ project, environment, segment }: ShownSegment) {
  const [open, setOpen] = useState<"edit" | "delete">();
  const resource = `proj/${project}:env/${environment.key}:segment/${segment.key}`;
  const label = t("segment.more", { segment: segment.name });
  const close = () => setOpen(undefined);
  const mayEdit = useUnavailable("updateName", resource);
  const mayDelete = useUnavailable("deleteSegment", resource);
  return (
    <>
      <Button
        icon={<Pencil size={14} aria-hidden />}
        unavailable={mayEdit}
        onPress={() => setOpen("edit")}
      >
        {t("segment.edit.short")}
      </Button>
      <Menu
        label={label}
        isAtEnd
        sections={[
          {
            entries: [
              {
                id: "delete",
                label: t("segment.delete", { environment: environment.name }),
                icon: <Trash2 size={14} aria-hidden />,
                isDanger: true,
                unavailable: mayDelete,
                onPress: () => setOpen("delete"),
              },
            ],
          },
        ]}
      >
        <IconButton label={label}>
          <Ellipsis size={16} aria-hidden />
        </IconButton>
      </Menu>
      {open === "edit" && (
        <EditSegment
          project={project}
          environment={environment}
          segment={segment}
          onClose={close}
        />
      )}
      <DeleteSegment
        isOpen={open === "delete"}
        project={project}
        environment={environment}
        segment={segment}
        onClose={close}
      />
    </>
  );
}
