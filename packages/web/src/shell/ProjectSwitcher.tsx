import { Menu, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { projectList } from "../projects/queries.ts";
import styles from "./ProjectSwitcher.module.css";

/** Which project this is, and the way to the others. */
export function ProjectSwitcher({ project }: { readonly project: string }) {
  const client = useClient();
  const [opened, setOpened] = useState(false);
  const projects = useQuery({ ...projectList(client), enabled: opened });
  const others = projects.data?.filter(({ name }) => name !== project) ?? [];
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={styles.switcher} aria-label={`Project ${project}; switch`}>
          <span className={styles.name}>{project}</span>
          <span aria-hidden="true">▾</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ name }) => (
          <Menu.Item
            key={name}
            component={Link}
            to="/p/$project/data"
            params={{ project: name } as never}
          >
            {name}
          </Menu.Item>
        ))}
        {others.length > 0 && <Menu.Divider />}
        <Menu.Item component={Link} to="/">
          All projects
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
