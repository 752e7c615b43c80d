import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { RequestError } from "../api/request.ts";
import { chooseTheme, themes } from "../theme/theme.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Badge, EnvironmentName } from "../ui/badge.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { CodeBlock, KeyCopy } from "../ui/copy.tsx";
import { Menu } from "../ui/menu.tsx";
import { Notice } from "../ui/notice.tsx";
import { Popover } from "../ui/popover.tsx";
import { useReady } from "../ui/ready.ts";
import { Bone, Skeleton } from "../ui/skeleton.tsx";
import { Empty, EmptyFiltered, ErrorState, NotFound } from "../ui/states.tsx";
import { Swatch } from "../ui/swatch.tsx";
import { Cell, HeadCell, Table } from "../ui/table.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { say, sayFailure, Toasts } from "../ui/toast.tsx";
import { DialogsOfKit } from "./kit-dialogs.tsx";
import { FieldsOfKit } from "./kit-fields.tsx";

const nothing = () => undefined;
const began = Date.now() - 3 * 60_000;

/** Every component in every state, to look at while building; only in a development build. */
export function KitPage() {
  useReady(true);
  return (
    <main className="mx-auto grid max-w-340 gap-4 p-5 lg:grid-cols-2">
      <h1 className="text-xl font-semibold lg:col-span-2">The kit</h1>
      <Part title="Theme">
        {themes.map((theme) => (
          <Button key={theme} onPress={() => chooseTheme(theme)}>
            {theme}
          </Button>
        ))}
      </Part>
      <Buttons />
      <FieldsOfKit />
      <DialogsOfKit />
      <Facts />
      <States />
      <Toasts />
    </main>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card title={title}>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </Card>
  );
}

function Buttons() {
  const [count, setCount] = useState(0);
  const entries = [
    { id: "copy", label: "Copy to…", onPress: nothing },
    { id: "no", label: "Archive", unavailable: "It is in use.", onPress: nothing },
    { id: "delete", label: "Delete", isDanger: true, keys: "mod+d", onPress: nothing },
  ];
  return (
    <Part title="Buttons">
      <Button look="primary" keys="mod+enter" onPress={() => setCount(count + 1)}>
        Review & save {count}
      </Button>
      <Button icon={<Plus size={14} />} tooltip="A tooltip" keys="c">
        Create flag
      </Button>
      <Button look="quiet">Discard</Button>
      <Button look="danger">Delete flag</Button>
      <Button isPending>Saving</Button>
      <Button isDisabled>Disabled</Button>
      <Button unavailable="You need the permission updateOn.">Not for you</Button>
      <IconButton label="Delete">
        <Trash2 size={16} />
      </IconButton>
      <Menu label="More" sections={[{ entries }]}>
        <Button>Menu</Button>
      </Menu>
      <Popover label="A popover" button={<Button>Popover</Button>}>
        {(close) => <Button onPress={close}>Close me</Button>}
      </Popover>
      <Button onPress={() => say("Checkout is on in production", nothing)}>Toast</Button>
      <Button onPress={() => sayFailure("It failed", "The server said no.", nothing)}>
        Failure
      </Button>
    </Part>
  );
}

function Facts() {
  return (
    <>
      <Part title="Facts">
        <Badge>string · 3 variations</Badge>
        <Badge tone="on">14 SDKs connected</Badge>
        <Badge tone="danger">expired</Badge>
        <Badge tone="info">draft</Badge>
        <Badge tone="outline">archived</Badge>
        <EnvironmentName name="production" isCritical />
        <EnvironmentName name="staging" isCritical={false} />
        <KeyCopy value="checkout" />
        <RelativeTime at={began} />
        <Avatar name="Ada Lovelace" />
        <Avatar name="Grace Hopper" size="small" />
        {[0, 1, 2, 3, 4, 5, 6, 7, undefined].map((index) => (
          <Swatch key={index ?? "none"} index={index} />
        ))}
      </Part>
      <Card title="Code and table">
        <CodeBlock label="command" code="halyard flags create checkout --kind string" />
        <Table caption="Flags" className="mt-3">
          <thead>
            <tr>
              <HeadCell>Flag</HeadCell>
              <HeadCell>Kind</HeadCell>
            </tr>
          </thead>
          <tbody>
            <tr>
              <Cell>Checkout redesign</Cell>
              <Cell>string</Cell>
            </tr>
          </tbody>
        </Table>
      </Card>
    </>
  );
}

function States() {
  const error = new RequestError({
    status: 503,
    message: "The server is restarting; try again in a moment.",
    code: "unavailable",
    requestId: "req-1",
  });
  return (
    <>
      <Empty
        words="A flag decides what your code does, without a deploy."
        action={<Button look="primary">Create flag</Button>}
        code="halyard flags create checkout"
      />
      <EmptyFiltered words="No flag has the tag beta." onClear={nothing} />
      <ErrorState what="The flags" error={error} onRetry={nothing} />
      <div className="space-y-2">
        <Notice>Archived on 3 March by Grace.</Notice>
        <Notice tone="critical">Not connected since 14:02.</Notice>
        <Notice tone="danger">It will be deleted.</Notice>
        <Notice tone="info">You had 2 unsaved changes.</Notice>
      </div>
      <Skeleton>
        <Bone className="h-6 w-40" />
        <Bone className="mt-2 h-24 w-full" />
      </Skeleton>
      <NotFoundOfKit />
    </>
  );
}

function NotFoundOfKit() {
  return (
    <div className="[&_h1]:hidden">
      <NotFound />
    </div>
  );
}
