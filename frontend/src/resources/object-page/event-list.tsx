import type { ObjectPageParts } from "#api/object-page.ts";
import { Loading } from "#ui/loading.tsx";
import { EventTable, NoEvents } from "../event-table.tsx";
import { MissingNotes } from "./missing-notes.tsx";

/** Events of the object and of what it owns, the newest first, as kubectl describe tells them. */
export function EventList({ events }: { events: ObjectPageParts["events"] | undefined }) {
  if (!events) return <Loading what="Events" />;
  return (
    <div className="kyma-tab">
      <MissingNotes missing={events.missing} />
      {events.events.length > 0 ? (
        <EventTable events={events.events} />
      ) : events.missing.length > 0 ? null : (
        <NoEvents />
      )}
    </div>
  );
}
