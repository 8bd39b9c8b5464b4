import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import type { DataActionsProps } from "./DataActions.tsx";
import { DeleteRecords } from "./DeleteRecords.tsx";
import { OfMany } from "./metadata/OfMany.tsx";

/** What is done with the records more seldom. */
export function MoreActions({ names, onDisagreement, ...records }: Omit<DataActionsProps, "next">) {
  const [opened, setOpened] = useState<"delete" | "metadata">();
  const close = () => setOpened(undefined);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">More …</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onDisagreement}>Who disagrees with whom?</Menu.Item>
          <Menu.Item disabled={!records.total?.n} onClick={() => setOpened("metadata")}>
            Set metadata …
          </Menu.Item>
          <Menu.Item disabled={!records.total?.n} onClick={() => setOpened("delete")}>
            Delete records …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <OfMany {...records} names={names} opened={opened === "metadata"} onClose={close} />
      <DeleteRecords {...records} opened={opened === "delete"} onClose={close} />
    </>
  );
}
