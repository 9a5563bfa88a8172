import { Card, CardBody, CardTitle, Content, DescriptionList, Progress } from "@patternfly/react-core";
import { Fact } from "#resources/fact.tsx";
import { Age } from "#ui/age.tsx";
import { bytesText } from "#ui/quantity-text.ts";
import { countText } from "./amounts.ts";
import type { EventServer, EventStream } from "./live-eventing.ts";
import "./eventing.css";

const titles: Record<string, string> = { sap: "Accepted events", "kyma-deadletter": "Dead letters" };
/** From so much of a stream on it is near its end. */
const nearlyFull = 80;

/** What the streams hold, how much they may hold, and the server behind them. */
export function StorageCard(props: {
  streams: readonly EventStream[];
  server: EventServer | null | undefined;
}) {
  const { streams, server } = props;
  return (
    <Card isCompact>
      <CardTitle component="h2">Storage</CardTitle>
      <CardBody>
        {streams.length === 0 ? (
          <Content component="p">There is no stream yet; the controllers make it.</Content>
        ) : (
          streams.map((stream) => <StreamFacts key={stream.name} stream={stream} />)
        )}
        {server ? (
          <DescriptionList className="kyma-next-field" columnModifier={{ default: "2Col" }}>
            <Fact term="NATS server">{server.version}</Fact>
            <Fact term="On disk">
              {bytesText(server.storageUsed)}
              {server.storageLimit == null ? "" : ` of ${bytesText(server.storageLimit)}`}
            </Fact>
          </DescriptionList>
        ) : null}
      </CardBody>
    </Card>
  );
}

function StreamFacts({ stream }: { stream: EventStream }) {
  const { name, messages, bytes, maxBytes, maxMessagesPerSubject, consumers, firstTime } = stream;
  const percent = maxBytes > 0 ? Math.min(100, (100 * bytes) / maxBytes) : 0;
  const title = titles[name] ?? name;
  return (
    <section aria-label={title} className="kyma-page-part">
      {maxBytes > 0 ? (
        <Progress
          title={title}
          value={percent}
          label={`${bytesText(bytes)} of ${bytesText(maxBytes)}`}
          {...(percent >= nearlyFull ? { variant: "warning" as const } : {})}
        />
      ) : (
        <Content component="p">
          {title}: {bytesText(bytes)}
        </Content>
      )}
      <Content component="small">
        {countText(messages)} {messages === 1 ? "event" : "events"}
        {firstTime ? (
          <>
            , the oldest <Age since={firstTime} /> old
          </>
        ) : null}
        {maxMessagesPerSubject > 0 ? `; at most ${countText(maxMessagesPerSubject)} of each type` : ""}
        {name === "sap" ? `; ${countText(consumers)} ${consumers === 1 ? "consumer" : "consumers"}` : ""}
      </Content>
    </section>
  );
}
