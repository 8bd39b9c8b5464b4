import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import type { DataActionsProps } from "./DataActions.tsx";
import { DeleteRecords } from "./DeleteRecords.tsx";

/** What is done with the records more seldom. */
export function MoreActions({ onDisagreement, ...records }: Omit<DataActionsProps, "next">) {
  const [opened, setOpened] = useState<"delete">();
  const close = () => setOpened(undefined);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">More …</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onDisagreement}>Who disagrees with whom?</Menu.Item>
          <Menu.Item disabled={!records.total?.n} onClick={() => setOpened("delete")}>
            Delete records …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteRecords {...records} opened={opened === "delete"} onClose={close} />
    </>
  );
}
