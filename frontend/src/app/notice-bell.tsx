import {
  Button,
  EmptyState,
  EmptyStateBody,
  NotificationDrawer,
  NotificationDrawerBody,
  NotificationDrawerHeader,
  NotificationDrawerList,
  NotificationDrawerListItem,
  NotificationDrawerListItemBody,
  NotificationDrawerListItemHeader,
  Popover,
  Progress,
} from "@patternfly/react-core";
import { AttentionBellIcon, BellIcon } from "@patternfly/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { Age } from "#ui/age.tsx";
import type { Notice } from "#ui/notices.ts";
import { dismissAll, dismissNotice, readAll, useNotices } from "#ui/notices.ts";

const variants = { running: "info", done: "success", failed: "danger", info: "custom" } as const;

/** The bell: work that still goes on, and what happened lately. */
export function NoticeBell() {
  const notices = useNotices();
  const unread = notices.filter(({ isRead }) => !isRead).length;
  const running = notices.filter(({ state }) => state === "running").length;
  const count = unread + running;
  const failed = notices.some(({ state, isRead }) => state === "failed" && !isRead);
  return (
    <Popover
      aria-label="Notifications"
      hasNoPadding
      showClose={false}
      position="bottom-end"
      minWidth="min(24rem, 70vw)"
      onHidden={readAll}
      bodyContent={(hide) => <Drawer notices={notices} onClose={hide} />}
    >
      <Button
        variant="plain"
        className={notices.length === 0 ? "kyma-not-on-phones" : ""}
        icon={failed ? <AttentionBellIcon /> : <BellIcon />}
        {...(count > 0 ? { countOptions: { isRead: unread === 0, count } } : {})}
        aria-label={`Notifications: ${running} running, ${unread} unread`}
      />
    </Popover>
  );
}

function Drawer({ notices, onClose }: { notices: readonly Notice[]; onClose: () => void }) {
  return (
    <NotificationDrawer>
      <NotificationDrawerHeader title="Notifications" onClose={onClose}>
        <Button variant="link" isDisabled={notices.length === 0} onClick={dismissAll}>
          Clear
        </Button>
      </NotificationDrawerHeader>
      <NotificationDrawerBody className="kyma-notices">
        {notices.length === 0 ? (
          <EmptyState headingLevel="h2" titleText="Nothing to report" variant="sm">
            <EmptyStateBody>
              Work that takes long, such as draining a node or deleting many objects, is shown here.
            </EmptyStateBody>
          </EmptyState>
        ) : (
          <NotificationDrawerList>
            {notices.map((notice) => (
              <NoticeItem key={notice.id} notice={notice} onClose={onClose} />
            ))}
          </NotificationDrawerList>
        )}
      </NotificationDrawerBody>
    </NotificationDrawer>
  );
}

function NoticeItem({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  const navigate = useNavigate();
  const { path } = notice;
  const open = () => {
    if (path === undefined) return;
    onClose();
    void navigate({ href: path });
  };
  return (
    <NotificationDrawerListItem
      variant={variants[notice.state]}
      isRead={notice.isRead}
      isHoverable={path !== undefined}
      onClick={open}
    >
      <NotificationDrawerListItemHeader
        variant={variants[notice.state]}
        title={notice.title}
        headingLevel="h3"
      >
        {notice.state === "running" ? (
          notice.stop ? (
            <Button
              variant="link"
              size="sm"
              aria-label={`Stop ${notice.title}`}
              onClick={(event) => (event.stopPropagation(), notice.stop?.())}
            >
              Stop
            </Button>
          ) : null
        ) : (
          <Button
            variant="plain"
            size="sm"
            aria-label={`Dismiss ${notice.title}`}
            onClick={(event) => (event.stopPropagation(), dismissNotice(notice.id))}
          >
            ✕
          </Button>
        )}
      </NotificationDrawerListItemHeader>
      <NotificationDrawerListItemBody timestamp={<Age since={new Date(notice.at).toISOString()} />}>
        {notice.text}
        {notice.state === "running" && notice.progress !== undefined ? (
          <Progress value={Math.round(notice.progress * 100)} size="sm" aria-label={notice.title} />
        ) : null}
      </NotificationDrawerListItemBody>
    </NotificationDrawerListItem>
  );
}
