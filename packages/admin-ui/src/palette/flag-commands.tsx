import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Flag } from "lucide-react";
import { useMemo } from "react";
import { useProject } from "../shell/project.ts";
import type { Command } from "./commands.ts";
import { flagNames } from "./flag-names.ts";

const icon = <Flag size={16} aria-hidden />;

/** A way to each flag of the project; there may be many thousands, so only who looks for one has them. */
export function useFlagCommands(): readonly Command[] {
  const project = useProject();
  const navigate = useNavigate();
  const { data } = useQuery({ ...flagNames(project), enabled: project !== "" });
  return useMemo(
    () =>
      (data?.items ?? []).map(
        ({ key, name, tags }): Command => ({
          id: `flag ${project}/${key}`,
          section: "go",
          label: name,
          hint: key,
          words: tags,
          icon,
          run: () =>
            void navigate({
              to: "/p/$project/flags/$flag/targeting",
              params: { project, flag: key },
            }),
        }),
      ),
    [data, navigate, project],
  );
}
