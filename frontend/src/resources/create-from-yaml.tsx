import type { ApiResource } from "#api/objects.ts";
export function CreateFromYaml(_props: {
  kind: ApiResource | undefined;
  namespace: string | undefined;
  onClose: () => void;
}) {
  return null;
}
