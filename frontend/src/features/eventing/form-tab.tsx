import { useObjectPageContent } from "#resources/object-page/page-context.ts";
import type { ObjectView } from "#resources/feature.ts";
import { YamlTab } from "#resources/yaml-tab.tsx";
import { checkText } from "./check-text.ts";
import { SubscriptionForm } from "./subscription-form.tsx";

/** Edits a Subscription in a form or as YAML, with a review before anything is written. */
export function FormTab({ object }: ObjectView) {
  const content = useObjectPageContent();
  if (!content) return null;
  return (
    <div className="kyma-tab">
      <YamlTab
        refTo={content.refTo}
        resourceVersion={object.metadata.resourceVersion}
        Form={SubscriptionForm}
        check={checkText}
      />
    </div>
  );
}
