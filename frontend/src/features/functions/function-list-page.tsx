import { PageHeader } from "#ui/page-header.tsx";
export function FunctionListPage() {
  return <PageHeader title="Functions" />;
}
