import { deadLetterStream, eventStream } from "@kyma/eventing/streams.ts";
import type { StreamInfo } from "@nats-io/jetstream";
import { secondsOnly } from "./kube-time.ts";
import { type NatsLink, orMissing } from "./nats-link.ts";
import { deliveryVersion, type NatsServerState, type Stream } from "@kyma/eventing/delivery-objects.ts";
import type { ListOptions, Page, Resource } from "./resource.ts";
import { selectPage } from "./select-page.ts";

/** The streams of eventing and the server that keeps them. */
export function streamsResource(link: NatsLink): Resource<Stream> {
  return {
    plural: "streams",
    singular: "stream",
    kind: "Stream",
    namespaced: false,
    description: "Where events are kept: how many, and how many there may be.",
    columns: [
      { name: "Name", type: "string", description: "", cell: ({ metadata }) => metadata.name },
      { name: "Messages", type: "integer", description: "", cell: ({ messages }) => messages },
      { name: "Bytes", type: "integer", description: "", cell: ({ bytes }) => bytes },
      {
        name: "Max Bytes",
        type: "integer",
        description: "-1: without a limit",
        cell: ({ maxBytes }) => maxBytes,
      },
      { name: "Consumers", type: "integer", description: "", cell: ({ consumers }) => consumers },
    ],
    list: (options) => listStreams(link, options),
  };
}

async function listStreams(link: NatsLink, options: ListOptions): Promise<Page<Stream>> {
  const { manager } = link.now();
  const infos = [eventStream, deadLetterStream].map((name) => orMissing(manager.streams.info(name)));
  const [server, ...streams] = await Promise.all([serverState(link), ...infos]);
  return {
    ...selectPage(
      streams.flatMap((info) => (info ? toStream(info) : [])),
      options,
    ),
    extra: { server },
  };
}

async function serverState(link: NatsLink): Promise<NatsServerState> {
  const { connection, manager } = link.now();
  const account = await manager.getAccountInfo();
  return {
    version: connection.info?.version ?? "",
    storageUsed: account.storage,
    storageReserved: account.reserved_storage,
    storageLimit: account.limits.max_storage < 0 ? null : account.limits.max_storage,
    streams: account.streams,
    consumers: account.consumers,
  };
}

function toStream({ config, state, created }: StreamInfo): Stream {
  const isEmpty = state.messages === 0;
  return {
    kind: "Stream",
    apiVersion: deliveryVersion,
    metadata: { name: config.name, creationTimestamp: secondsOnly(created) },
    messages: state.messages,
    bytes: state.bytes,
    maxBytes: config.max_bytes,
    maxMessagesPerSubject: config.max_msgs_per_subject,
    consumers: state.consumer_count,
    firstTime: isEmpty ? null : state.first_ts,
    lastTime: isEmpty ? null : state.last_ts,
  };
}
