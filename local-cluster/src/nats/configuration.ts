import { healthSubject } from "./health.ts";
import { type NatsPasswords, type NatsUser, natsUsers } from "./users.ts";

export interface NatsServerSettings {
  port: number;
  storeDir: string;
  passwords: NatsPasswords;
  /** Bytes that all streams together may take. */
  maxFileStore?: number;
  /** Tests only: acknowledges before the disk has it. */
  unsafeNoSync?: boolean;
}

/** As Kyma's NATS resource has it by default. */
const defaultFileStore = 1024 ** 3;

/**
 * nats-server's configuration: loopback only, no anonymous user, in the system account just who asks for the server's health, no monitoring
 * port (it asks for no password). An event is acknowledged when the disk has it. Every user has an inbox of its own, so that none reads another's answers. Pure.
 */
export function natsConfiguration(settings: NatsServerSettings): string {
  const usersOf = (names: readonly NatsUser[]): object[] =>
    names.map((user) => ({ user, password: settings.passwords[user], permissions: permissionsOf(user) }));
  return JSON.stringify(
    {
      server_name: "eventing-nats",
      listen: `127.0.0.1:${settings.port}`,
      max_payload: 1024 * 1024,
      jetstream: {
        store_dir: settings.storeDir,
        max_file_store: settings.maxFileStore ?? defaultFileStore,
        ...(settings.unsafeNoSync ? {} : { sync_interval: "always" }),
      },
      system_account: "SYS",
      accounts: {
        SYS: { users: usersOf(["health"]) },
        EVENTING: { jetstream: "enabled", users: usersOf(natsUsers.filter((user) => user !== "health")) },
      },
    },
    null,
    2,
  );
}

function permissionsOf(user: NatsUser): { publish: string[]; subscribe: string[] } {
  const { publish, subscribe = [] } = rights[user];
  return { publish: [...publish], subscribe: [`_INBOX.${user}.>`, ...subscribe] };
}

const rights: Record<NatsUser, { publish: readonly string[]; subscribe?: readonly string[] }> = {
  "event-gateway": { publish: ["kyma.>", "$JS.API.INFO", "$JS.API.STREAM.INFO.sap"] },
  "event-dispatcher": {
    publish: [
      "$JS.API.INFO",
      "$JS.API.STREAM.INFO.*",
      "$JS.API.STREAM.NAMES",
      "$JS.API.CONSUMER.INFO.sap.*",
      "$JS.API.CONSUMER.LIST.sap",
      "$JS.API.CONSUMER.MSG.NEXT.sap.*",
      "$JS.API.CONSUMER.UNPIN.sap.*",
      "$JS.ACK.sap.>",
      "$JS.API.STREAM.MSG.GET.*",
      "$JS.API.DIRECT.GET.>",
      "$JS.API.STREAM.MSG.DELETE.kyma-deadletter",
      "$JS.API.STREAM.PURGE.kyma-deadletter",
      "$JS.API.CONSUMER.CREATE.kyma-deadletter.>",
      "$JS.API.CONSUMER.DELETE.kyma-deadletter.*",
      "$JS.API.CONSUMER.INFO.kyma-deadletter.*",
      "$JS.API.CONSUMER.MSG.NEXT.kyma-deadletter.*",
      "$JS.ACK.kyma-deadletter.>",
      "deadletter.>",
      "delivery.>",
    ],
    subscribe: ["kyma.>", "delivery.>"],
  },
  controllers: {
    publish: ["$JS.API.>"],
    subscribe: ["$JS.EVENT.ADVISORY.CONSUMER.DELETED.sap.*", "$JS.EVENT.ADVISORY.STREAM.*.*"],
  },
  health: { publish: [healthSubject] },
};
