import { PageHeader } from "#ui/page-header.tsx";
export function ResourcePage() {
  return <PageHeader title="Resource" />;
}
