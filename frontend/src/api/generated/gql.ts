/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Access($checks: [AccessCheck!]!) {\n    access(checks: $checks) {\n      allowed\n      reason\n      message\n    }\n  }\n": typeof types.AccessDocument,
    "\n  query Grantors($check: AccessCheck!) {\n    grantors(check: $check) {\n      subjects {\n        kind\n        name\n        namespace\n      }\n      complete\n    }\n  }\n": typeof types.GrantorsDocument,
    "\n  query AccessRules($namespace: String) {\n    accessRules(namespace: $namespace) {\n      rules {\n        verbs\n        apiGroups\n        resources\n        resourceNames\n      }\n      nonResourceRules {\n        verbs\n        urls\n      }\n      incomplete\n      note\n    }\n  }\n": typeof types.AccessRulesDocument,
    "\n  subscription Components {\n    components {\n      name\n      state\n      restarts\n      message\n      since\n    }\n  }\n": typeof types.ComponentsDocument,
    "\n  query KindSchema($type: ResourceType!) {\n    kindSchema(type: $type)\n  }\n": typeof types.KindSchemaDocument,
    "\n  query RebaseYaml($ref: ObjectRef!, $base: String!, $text: String!) {\n    rebaseYaml(ref: $ref, base: $base, text: $text) {\n      live\n      text\n      changes {\n        field\n        managers\n        before\n        after\n      }\n      conflicts {\n        reason\n        field\n        managers\n        base\n        theirs\n        mine\n      }\n    }\n  }\n": typeof types.RebaseYamlDocument,
    "\n  mutation SaveYaml(\n    $ref: ObjectRef!\n    $base: String!\n    $text: String!\n    $choices: [FieldChoice!]!\n    $dryRun: Boolean!\n  ) {\n    saveYaml(ref: $ref, base: $base, text: $text, choices: $choices, dryRun: $dryRun) {\n      conflicts {\n        reason\n        field\n        managers\n        base\n        theirs\n        mine\n      }\n      refusal {\n        message\n        causes {\n          field\n          message\n          line\n        }\n      }\n      stored\n      result\n      method\n      fields\n      ignored {\n        field\n        mine\n        result\n      }\n      text\n    }\n  }\n": typeof types.SaveYamlDocument,
    "\n  mutation ApplyManifest(\n    $yaml: String!\n    $namespace: String\n    $firstLine: Int!\n    $force: Boolean!\n    $dryRun: Boolean!\n  ) {\n    applyManifest(yaml: $yaml, namespace: $namespace, firstLine: $firstLine, force: $force, dryRun: $dryRun) {\n      outcome\n      apiVersion\n      kind\n      namespace\n      name\n      plural\n      message\n      line\n      pending\n      stored\n      result\n      conflicts {\n        field\n        managers\n      }\n    }\n  }\n": typeof types.ApplyManifestDocument,
    "\n  fragment EventingPagePart on ObjectPageMessage {\n    delivery {\n      state {\n        types {\n          type\n          exists\n          rate\n          delivered\n          pending\n          inFlight\n          redelivered\n          oldestPending\n          waitingDispatchers\n        }\n        deadLetters\n        lastError {\n          time\n          status\n          message\n          eventId\n          type\n        }\n      }\n      staleSince\n      problem {\n        kind\n        message\n      }\n    }\n  }\n": typeof types.EventingPagePartFragmentDoc,
    "\n  query WhoCan($check: AccessCheck!) {\n    whoCan(check: $check) {\n      grants {\n        subject {\n          kind\n          name\n          namespace\n        }\n        bindingKind\n        binding\n        roleKind\n        role\n        rule\n        namespace\n      }\n      total\n      missing\n    }\n  }\n": typeof types.WhoCanDocument,
    "\n  mutation ProbeService($namespace: String!, $service: String!, $port: Int!, $path: String!) {\n    probeService(namespace: $namespace, service: $service, port: $port, path: $path) {\n      status\n      statusText\n      milliseconds\n      body\n      problem\n    }\n  }\n": typeof types.ProbeServiceDocument,
    "\n  subscription TableWindow($scope: TableScope!, $view: TableView!) {\n    tableWindow(scope: $scope, view: $view) {\n      liveness\n      staleSince\n      revision\n      snapshot\n      total\n      unfiltered\n      arriving\n      offset\n      columns {\n        id\n        name\n        type\n        description\n        priority\n      }\n      order\n      rows {\n        key\n        namespace\n        name\n        creationTimestamp\n        labels\n        cells\n      }\n      forbidden\n      warnings\n    }\n  }\n": typeof types.TableWindowDocument,
    "\n  mutation Bulk($input: BulkInput!) {\n    bulk(input: $input) {\n      namespace\n      name\n      ok\n      message\n    }\n  }\n": typeof types.BulkDocument,
    "\n  query ObjectOnce($ref: ObjectRef!) {\n    object(ref: $ref)\n  }\n": typeof types.ObjectOnceDocument,
    "\n  subscription Logs($source: LogSource!, $options: LogOptions, $resume: [String!]) {\n    logs(source: $source, options: $options, resume: $resume) {\n      streams {\n        index\n        pod\n        container\n        kind\n        restarts\n        state\n        message\n      }\n      sources\n      times\n      texts\n      gaps {\n        before\n        stream\n        count\n      }\n      cursors {\n        stream\n        token\n      }\n      liveness\n      omitted\n      ended\n    }\n  }\n": typeof types.LogsDocument,
    "\n  mutation DebugPod($namespace: String!, $pod: String!, $image: String!, $target: String) {\n    debugPod(namespace: $namespace, pod: $pod, image: $image, target: $target)\n  }\n": typeof types.DebugPodDocument,
    "\n  fragment MetricsPagePart on ObjectPageMessage {\n    metrics {\n      liveness\n      staleSince\n      snapshot\n      hasHistory\n      problem\n      series {\n        name\n        times\n        cpu\n        memory\n      }\n    }\n  }\n": typeof types.MetricsPagePartFragmentDoc,
    "\n  subscription ObjectPage($ref: ObjectRef!, $paths: [String!]!, $overview: Boolean!, $events: Boolean!) {\n    objectPage(ref: $ref) {\n      liveness\n      staleSince\n      changed\n      object(paths: $paths)\n      state {\n        word\n        health\n        sentence\n      }\n      warnings\n      events @include(if: $events) {\n        events {\n          key\n          type\n          reason\n          message\n          count\n          lastSeen\n          source\n          kind\n          name\n        }\n        missing\n      }\n      ...OverviewParts @include(if: $overview)\n    }\n  }\n": typeof types.ObjectPageDocument,
    "\n  fragment OverviewParts on ObjectPageMessage {\n    owners {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        uid\n        exists\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      missing\n    }\n    children {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        uid\n        parent\n        createdAt\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      total\n      missing\n    }\n    related {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        relation\n        exists\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      missing\n    }\n    ...WorkloadPageParts\n    ...MetricsPagePart\n    ...NamespacePageParts\n    ...EventingPagePart\n    endpoints {\n      endpoints {\n        address\n        ready\n        terminating\n        pod\n        node\n      }\n      total\n      ready\n      ports {\n        name\n        port\n        protocol\n      }\n      missing\n    }\n  }\n": typeof types.OverviewPartsFragmentDoc,
    "\n  fragment NamespacePageParts on ObjectPageMessage {\n    contents {\n      kinds {\n        group\n        version\n        plural\n        kind\n        count\n      }\n      missing\n    }\n    quotas {\n      quotas {\n        name\n        resources {\n          name\n          hard\n          used\n        }\n      }\n      missing\n    }\n  }\n": typeof types.NamespacePagePartsFragmentDoc,
    "\n  mutation PatchMetadata($ref: ObjectRef!, $patch: JSON!, $dryRun: Boolean!) {\n    patchObject(ref: $ref, patch: $patch, type: MERGE, dryRun: $dryRun)\n  }\n": typeof types.PatchMetadataDocument,
    "\n  fragment Change on ChangedField {\n    field\n    before\n    after\n  }\n": typeof types.ChangeFragmentDoc,
    "\n  query ApiResources {\n    apiResources {\n      group\n      version\n      plural\n      kind\n      namespaced\n      verbs\n      shortNames\n      categories\n    }\n  }\n": typeof types.ApiResourcesDocument,
    "\n  query Objects($type: ResourceType!, $namespace: String, $labelSelector: String) {\n    objects(type: $type, namespace: $namespace, labelSelector: $labelSelector)\n  }\n": typeof types.ObjectsDocument,
    "\n  query ObjectYaml($ref: ObjectRef!) {\n    objectYaml(ref: $ref)\n  }\n": typeof types.ObjectYamlDocument,
    "\n  query RevealSecret($namespace: String!, $name: String!, $key: String!) {\n    revealSecret(namespace: $namespace, name: $name, key: $key)\n  }\n": typeof types.RevealSecretDocument,
    "\n  mutation CreateObject($object: JSON!, $dryRun: Boolean) {\n    createObject(object: $object, dryRun: $dryRun)\n  }\n": typeof types.CreateObjectDocument,
    "\n  mutation ApplyYaml($ref: ObjectRef, $yaml: String!, $dryRun: Boolean, $force: Boolean) {\n    applyYaml(ref: $ref, yaml: $yaml, dryRun: $dryRun, force: $force) {\n      object\n      conflicts {\n        manager\n        field\n        message\n      }\n    }\n  }\n": typeof types.ApplyYamlDocument,
    "\n  mutation DeleteObject($ref: ObjectRef!, $uid: String, $dryRun: Boolean!) {\n    deleteObject(ref: $ref, uid: $uid, dryRun: $dryRun)\n  }\n": typeof types.DeleteObjectDocument,
    "\n  subscription ClusterOverview($namespaces: [String!]) {\n    clusterOverview(namespaces: $namespaces) {\n      liveness\n      staleSince\n      kinds {\n        group\n        version\n        plural\n        kind\n        total\n        ok\n        progress\n        warning\n        error\n      }\n      failing {\n        key\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        createdAt\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      failingTotal\n      capacity {\n        nodes\n        cpu {\n          allocatable\n          requested\n        }\n        memory {\n          allocatable\n          requested\n        }\n        pods {\n          allocatable\n          requested\n        }\n      }\n      warnings {\n        key\n        reason\n        message\n        count\n        lastSeen\n        apiVersion\n        kind\n        namespace\n        name\n      }\n      missing\n    }\n  }\n": typeof types.ClusterOverviewDocument,
    "\n  subscription ObjectEvents($ref: ObjectRef!) {\n    objectEvents(ref: $ref) {\n      liveness\n      object\n    }\n  }\n": typeof types.ObjectEventsDocument,
    "\n  subscription ObjectsEvents(\n    $type: ResourceType!\n    $namespace: String\n    $labelSelector: String\n    $fieldSelector: String\n  ) {\n    objectsEvents(\n      type: $type\n      namespace: $namespace\n      labelSelector: $labelSelector\n      fieldSelector: $fieldSelector\n    ) {\n      liveness\n      snapshot\n      objects\n      deleted\n    }\n  }\n": typeof types.ObjectsEventsDocument,
    "\n  query SearchObjects($text: String!, $namespaces: [String!], $limit: Int!) {\n    searchObjects(text: $text, namespaces: $namespaces, limit: $limit) {\n      group\n      version\n      plural\n      kind\n      namespace\n      name\n      score\n    }\n  }\n": typeof types.SearchObjectsDocument,
    "\n  query Session {\n    session {\n      user\n      groups\n      actor\n      signedInAs\n      method\n      endsAt\n      viewAs {\n        user\n        groups\n        uid\n      }\n      cluster\n      serverVersion\n      local\n      testIssuer\n    }\n  }\n": typeof types.SessionDocument,
    "\n  mutation SignOut {\n    signOut\n  }\n": typeof types.SignOutDocument,
    "\n  mutation ViewAs($subject: ViewAsInput!) {\n    viewAs(subject: $subject)\n  }\n": typeof types.ViewAsDocument,
    "\n  mutation StopViewAs {\n    stopViewAs\n  }\n": typeof types.StopViewAsDocument,
    "\n  fragment WorkloadPageParts on ObjectPageMessage {\n    workload {\n      replicas {\n        desired\n        current\n        updated\n        ready\n        available\n      }\n      rollout {\n        state\n        sentence\n        problems {\n          pod\n          reason\n          message\n        }\n      }\n      paused\n      strategy\n      selector\n      autoscalers {\n        name\n        minReplicas\n        maxReplicas\n      }\n    }\n    pods {\n      pods {\n        key\n        namespace\n        name\n        status\n        health\n        readyContainers\n        containers\n        restarts\n        lastRestart\n        node\n        ip\n        createdAt\n        trouble\n        cpuRequest\n        memoryRequest\n        cpuLimit\n        memoryLimit\n      }\n      total\n      missing\n    }\n    containers {\n      containers {\n        name\n        role\n        image\n        imageId\n        state\n        health\n        explanation\n        advice\n        startedAt\n        finishedAt\n        restarts\n        lastEnd\n        lastEndAt\n        command\n        ports\n        requests\n        limits\n        probes {\n          kind\n          text\n        }\n        mounts {\n          path\n          volume\n          readOnly\n        }\n        env {\n          name\n          value\n          source {\n            kind\n            object\n            key\n            optional\n            prefix\n          }\n        }\n      }\n      volumes {\n        name\n        kind\n        object\n        text\n      }\n      facts {\n        name\n        values\n      }\n    }\n    job {\n      completions\n      parallelism\n      active\n      ready\n      succeeded\n      failed\n      backoffLimit\n      suspended\n      startTime\n      completionTime\n      sentence\n      health\n    }\n    cronJob {\n      schedule\n      words\n      timeZone\n      suspended\n      nextRuns\n      lastScheduleTime\n      lastSuccessfulTime\n      concurrencyPolicy\n      jobs {\n        key\n        name\n        status\n        health\n        startTime\n        completionTime\n        manual\n        message\n      }\n      missing\n    }\n    node {\n      unschedulable\n      resources {\n        name\n        capacity\n        allocatable\n        requested\n        limit\n      }\n      taints\n      addresses {\n        name\n        values\n      }\n      versions {\n        name\n        values\n      }\n      images {\n        name\n        sizeBytes\n      }\n      imagesTotal\n      missing\n    }\n  }\n": typeof types.WorkloadPagePartsFragmentDoc,
    "\n  mutation ScaleWorkload($ref: ObjectRef!, $replicas: Int!, $expected: Int, $dryRun: Boolean!) {\n    scaleWorkload(ref: $ref, replicas: $replicas, expected: $expected, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": typeof types.ScaleWorkloadDocument,
    "\n  mutation RestartWorkload($ref: ObjectRef!, $dryRun: Boolean!) {\n    restartWorkload(ref: $ref, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": typeof types.RestartWorkloadDocument,
    "\n  mutation PauseRollout($ref: ObjectRef!, $paused: Boolean!, $dryRun: Boolean!) {\n    pauseRollout(ref: $ref, paused: $paused, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": typeof types.PauseRolloutDocument,
    "\n  mutation RollbackWorkload($ref: ObjectRef!, $revision: Int!, $dryRun: Boolean!) {\n    rollbackWorkload(ref: $ref, revision: $revision, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": typeof types.RollbackWorkloadDocument,
    "\n  mutation TriggerCronJob($namespace: String!, $name: String!, $dryRun: Boolean!) {\n    triggerCronJob(namespace: $namespace, name: $name, dryRun: $dryRun) {\n      message\n    }\n  }\n": typeof types.TriggerCronJobDocument,
    "\n  mutation Suspend($ref: ObjectRef!, $suspended: Boolean!, $dryRun: Boolean!) {\n    suspend(ref: $ref, suspended: $suspended, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": typeof types.SuspendDocument,
    "\n  mutation RerunJob($namespace: String!, $name: String!, $dryRun: Boolean!) {\n    rerunJob(namespace: $namespace, name: $name, dryRun: $dryRun) {\n      message\n    }\n  }\n": typeof types.RerunJobDocument,
    "\n  mutation CordonNode($name: String!, $cordoned: Boolean!, $dryRun: Boolean!) {\n    cordonNode(name: $name, cordoned: $cordoned, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": typeof types.CordonNodeDocument,
    "\n  mutation EvictPods($pods: [PodTarget!]!, $gracePeriodSeconds: Int, $dryRun: Boolean!) {\n    evictPods(pods: $pods, gracePeriodSeconds: $gracePeriodSeconds, dryRun: $dryRun) {\n      namespace\n      name\n      uid\n      outcome\n      message\n    }\n  }\n": typeof types.EvictPodsDocument,
    "\n  query ScaleTarget($ref: ObjectRef!) {\n    scaleTarget(ref: $ref) {\n      replicas\n      autoscalers {\n        name\n        minReplicas\n        maxReplicas\n      }\n    }\n  }\n": typeof types.ScaleTargetDocument,
    "\n  query WorkloadRevisions($ref: ObjectRef!) {\n    workloadRevisions(ref: $ref) {\n      revision\n      name\n      createdAt\n      changeCause\n      images\n      pods\n      current\n    }\n  }\n": typeof types.WorkloadRevisionsDocument,
    "\n  query RevisionComparison($ref: ObjectRef!, $revision: Int!) {\n    revisionComparison(ref: $ref, revision: $revision) {\n      before\n      after\n      changeCause\n      current\n    }\n  }\n": typeof types.RevisionComparisonDocument,
    "\n  query DrainPlan($node: String!) {\n    drainPlan(node: $node) {\n      namespace\n      name\n      uid\n      controller\n      skipped\n      isUnmanaged\n      emptyDirs\n      terminatingSince\n    }\n  }\n": typeof types.DrainPlanDocument,
    "\n  query Gateways {\n    gateways {\n      ref\n      hosts\n      domain\n      urlTemplate\n    }\n    testIssuer {\n      issuer\n      jwksUri\n    }\n  }\n": typeof types.GatewaysDocument,
    "\n  query HostClaim($host: String!, $gateway: String!, $except: String) {\n    hostClaim(host: $host, gateway: $gateway, except: $except) {\n      host\n      owner\n    }\n  }\n": typeof types.HostClaimDocument,
    "\n  query ApiRulePreview($apiRule: JSON!) {\n    previewApiRule(apiRule: $apiRule) {\n      yaml\n      routes {\n        index\n        path\n        methods\n        access\n        service\n        note\n      }\n      problems\n    }\n  }\n": typeof types.ApiRulePreviewDocument,
    "\n  query ApiRuleRoutes($namespace: String!, $name: String!) {\n    effectiveRoutes(namespace: $namespace, name: $name) {\n      index\n      path\n      methods\n      access\n      service\n      note\n    }\n  }\n": typeof types.ApiRuleRoutesDocument,
    "\n  query ApiRuleTraffic($namespace: String!, $name: String!) {\n    apiRuleTraffic(namespace: $namespace, name: $name) {\n      index\n      requests\n      errors\n      refused\n    }\n  }\n": typeof types.ApiRuleTrafficDocument,
    "\n  mutation ProbeApiRule($request: ProbeRequest!) {\n    probeApiRule(request: $request) {\n      url\n      status\n      durationMs\n      body\n      error\n    }\n  }\n": typeof types.ProbeApiRuleDocument,
    "\n  query EventSuggestions($namespaces: [String!], $source: String, $type: String) {\n    eventSuggestions(namespaces: $namespaces, source: $source, type: $type) {\n      sources\n      types {\n        type\n        source\n        seen\n      }\n      complete\n    }\n  }\n": typeof types.EventSuggestionsDocument,
    "\n  query CheckSubscription($subscription: JSON!) {\n    checkSubscription(subscription: $subscription) {\n      field\n      message\n      blocks\n    }\n  }\n": typeof types.CheckSubscriptionDocument,
    "\n  query CheckEvent($event: String!) {\n    checkEvent(event: $event) {\n      field\n      message\n      blocks\n    }\n  }\n": typeof types.CheckEventDocument,
    "\n  query DeadLetters($namespaces: [String!], $subscription: String, $limit: Int!, $continue: String) {\n    deadLetters(namespaces: $namespaces, subscription: $subscription, limit: $limit, continue: $continue) {\n      deadLetters {\n        namespace\n        name\n        subscription\n        time\n        reason\n        attempts\n        status\n        answer\n        sink\n        event\n      }\n      continue\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": typeof types.DeadLettersDocument,
    "\n  mutation SendTestEvent($event: String!) {\n    sendTestEvent(event: $event) {\n      accepted\n      status\n      message\n      durationMs\n    }\n  }\n": typeof types.SendTestEventDocument,
    "\n  mutation ReplayDeadLetter($namespace: String!, $name: String!, $event: String) {\n    replayDeadLetter(namespace: $namespace, name: $name, event: $event) {\n      delivered\n      status\n      answer\n      deadLetter\n    }\n  }\n": typeof types.ReplayDeadLetterDocument,
    "\n  mutation DiscardDeadLetter($namespace: String!, $name: String!) {\n    discardDeadLetter(namespace: $namespace, name: $name)\n  }\n": typeof types.DiscardDeadLetterDocument,
    "\n  subscription Eventing($namespaces: [String!]) {\n    eventing(namespaces: $namespaces) {\n      staleSince\n      streams {\n        name\n        messages\n        bytes\n        maxBytes\n        maxMessagesPerSubject\n        consumers\n        firstTime\n        lastTime\n      }\n      server {\n        version\n        storageUsed\n        storageReserved\n        storageLimit\n      }\n      observed {\n        type\n        source\n        count\n        rate\n        lastTime\n      }\n      subscriptions {\n        namespace\n        name\n        source\n        anySource\n        sink\n        ready\n        reason\n        types {\n          type\n          published\n          rate\n          pending\n          inFlight\n        }\n        deadLetters\n        lastError {\n          time\n          status\n          message\n          eventId\n          type\n        }\n      }\n      subscriptionsTotal\n      deadLettersTotal\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": typeof types.EventingDocument,
    "\n  subscription SubscriptionFigures($namespaces: [String!]) {\n    subscriptionFigures(namespaces: $namespaces) {\n      staleSince\n      figures {\n        namespace\n        name\n        waiting\n        deadLetters\n      }\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": typeof types.SubscriptionFiguresDocument,
    "\n  subscription EventTail($type: String, $source: String) {\n    eventTail(type: $type, source: $source) {\n      watching\n      opened\n      items: events {\n        time\n        source\n        type\n        event\n        truncated\n      }\n      omitted\n      problem {\n        kind\n        message\n      }\n    }\n  }\n": typeof types.EventTailDocument,
    "\n  subscription DeliveryAttempts($namespace: String!, $subscription: String!) {\n    deliveryAttempts(namespace: $namespace, subscription: $subscription) {\n      watching\n      opened\n      items: attempts {\n        time\n        namespace\n        subscription\n        eventId\n        source\n        type\n        sink\n        attempt\n        status\n        outcome\n        nextAttemptMs\n        durationMs\n        error\n      }\n      omitted\n      problem {\n        kind\n        message\n      }\n    }\n  }\n": typeof types.DeliveryAttemptsDocument,
    "\n  subscription TestEventOutcome($event: EventKeyInput!, $namespaces: [String!]) {\n    testEventOutcome(event: $event, namespaces: $namespaces) {\n      watching\n      matches {\n        namespace\n        name\n        sink\n        ready\n        reason\n      }\n      attempts {\n        time\n        namespace\n        subscription\n        eventId\n        source\n        type\n        sink\n        attempt\n        status\n        outcome\n        nextAttemptMs\n        durationMs\n        error\n      }\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": typeof types.TestEventOutcomeDocument,
    "\n  query FunctionTypings {\n    functionTypings\n  }\n": typeof types.FunctionTypingsDocument,
    "\n  query FunctionRevisions($ref: FunctionRef!) {\n    functionRevisions(ref: $ref) {\n      name\n      revision\n      createdAt\n      current\n      spec\n    }\n  }\n": typeof types.FunctionRevisionsDocument,
    "\n  query FunctionDiagnosis($ref: FunctionRef!) {\n    functionDiagnosis(ref: $ref) {\n      cause\n      pod\n      container\n      lines\n    }\n  }\n": typeof types.FunctionDiagnosisDocument,
    "\n  mutation SaveFunction($ref: FunctionRef!, $edit: FunctionEdit!, $base: JSON!, $force: Boolean) {\n    saveFunction(ref: $ref, edit: $edit, base: $base, force: $force) {\n      object\n      conflicts {\n        manager\n        field\n        message\n      }\n    }\n  }\n": typeof types.SaveFunctionDocument,
    "\n  mutation RevertFunction($ref: FunctionRef!, $revision: String!) {\n    revertFunction(ref: $ref, revision: $revision)\n  }\n": typeof types.RevertFunctionDocument,
    "\n  mutation RunFunction($ref: FunctionRef!, $request: RunRequest!) {\n    runFunction(ref: $ref, request: $request) {\n      status\n      statusText\n      headers {\n        name\n        value\n      }\n      body\n      base64\n      truncated\n      durationMs\n      error\n      note\n    }\n  }\n": typeof types.RunFunctionDocument,
};
const documents: Documents = {
    "\n  query Access($checks: [AccessCheck!]!) {\n    access(checks: $checks) {\n      allowed\n      reason\n      message\n    }\n  }\n": types.AccessDocument,
    "\n  query Grantors($check: AccessCheck!) {\n    grantors(check: $check) {\n      subjects {\n        kind\n        name\n        namespace\n      }\n      complete\n    }\n  }\n": types.GrantorsDocument,
    "\n  query AccessRules($namespace: String) {\n    accessRules(namespace: $namespace) {\n      rules {\n        verbs\n        apiGroups\n        resources\n        resourceNames\n      }\n      nonResourceRules {\n        verbs\n        urls\n      }\n      incomplete\n      note\n    }\n  }\n": types.AccessRulesDocument,
    "\n  subscription Components {\n    components {\n      name\n      state\n      restarts\n      message\n      since\n    }\n  }\n": types.ComponentsDocument,
    "\n  query KindSchema($type: ResourceType!) {\n    kindSchema(type: $type)\n  }\n": types.KindSchemaDocument,
    "\n  query RebaseYaml($ref: ObjectRef!, $base: String!, $text: String!) {\n    rebaseYaml(ref: $ref, base: $base, text: $text) {\n      live\n      text\n      changes {\n        field\n        managers\n        before\n        after\n      }\n      conflicts {\n        reason\n        field\n        managers\n        base\n        theirs\n        mine\n      }\n    }\n  }\n": types.RebaseYamlDocument,
    "\n  mutation SaveYaml(\n    $ref: ObjectRef!\n    $base: String!\n    $text: String!\n    $choices: [FieldChoice!]!\n    $dryRun: Boolean!\n  ) {\n    saveYaml(ref: $ref, base: $base, text: $text, choices: $choices, dryRun: $dryRun) {\n      conflicts {\n        reason\n        field\n        managers\n        base\n        theirs\n        mine\n      }\n      refusal {\n        message\n        causes {\n          field\n          message\n          line\n        }\n      }\n      stored\n      result\n      method\n      fields\n      ignored {\n        field\n        mine\n        result\n      }\n      text\n    }\n  }\n": types.SaveYamlDocument,
    "\n  mutation ApplyManifest(\n    $yaml: String!\n    $namespace: String\n    $firstLine: Int!\n    $force: Boolean!\n    $dryRun: Boolean!\n  ) {\n    applyManifest(yaml: $yaml, namespace: $namespace, firstLine: $firstLine, force: $force, dryRun: $dryRun) {\n      outcome\n      apiVersion\n      kind\n      namespace\n      name\n      plural\n      message\n      line\n      pending\n      stored\n      result\n      conflicts {\n        field\n        managers\n      }\n    }\n  }\n": types.ApplyManifestDocument,
    "\n  fragment EventingPagePart on ObjectPageMessage {\n    delivery {\n      state {\n        types {\n          type\n          exists\n          rate\n          delivered\n          pending\n          inFlight\n          redelivered\n          oldestPending\n          waitingDispatchers\n        }\n        deadLetters\n        lastError {\n          time\n          status\n          message\n          eventId\n          type\n        }\n      }\n      staleSince\n      problem {\n        kind\n        message\n      }\n    }\n  }\n": types.EventingPagePartFragmentDoc,
    "\n  query WhoCan($check: AccessCheck!) {\n    whoCan(check: $check) {\n      grants {\n        subject {\n          kind\n          name\n          namespace\n        }\n        bindingKind\n        binding\n        roleKind\n        role\n        rule\n        namespace\n      }\n      total\n      missing\n    }\n  }\n": types.WhoCanDocument,
    "\n  mutation ProbeService($namespace: String!, $service: String!, $port: Int!, $path: String!) {\n    probeService(namespace: $namespace, service: $service, port: $port, path: $path) {\n      status\n      statusText\n      milliseconds\n      body\n      problem\n    }\n  }\n": types.ProbeServiceDocument,
    "\n  subscription TableWindow($scope: TableScope!, $view: TableView!) {\n    tableWindow(scope: $scope, view: $view) {\n      liveness\n      staleSince\n      revision\n      snapshot\n      total\n      unfiltered\n      arriving\n      offset\n      columns {\n        id\n        name\n        type\n        description\n        priority\n      }\n      order\n      rows {\n        key\n        namespace\n        name\n        creationTimestamp\n        labels\n        cells\n      }\n      forbidden\n      warnings\n    }\n  }\n": types.TableWindowDocument,
    "\n  mutation Bulk($input: BulkInput!) {\n    bulk(input: $input) {\n      namespace\n      name\n      ok\n      message\n    }\n  }\n": types.BulkDocument,
    "\n  query ObjectOnce($ref: ObjectRef!) {\n    object(ref: $ref)\n  }\n": types.ObjectOnceDocument,
    "\n  subscription Logs($source: LogSource!, $options: LogOptions, $resume: [String!]) {\n    logs(source: $source, options: $options, resume: $resume) {\n      streams {\n        index\n        pod\n        container\n        kind\n        restarts\n        state\n        message\n      }\n      sources\n      times\n      texts\n      gaps {\n        before\n        stream\n        count\n      }\n      cursors {\n        stream\n        token\n      }\n      liveness\n      omitted\n      ended\n    }\n  }\n": types.LogsDocument,
    "\n  mutation DebugPod($namespace: String!, $pod: String!, $image: String!, $target: String) {\n    debugPod(namespace: $namespace, pod: $pod, image: $image, target: $target)\n  }\n": types.DebugPodDocument,
    "\n  fragment MetricsPagePart on ObjectPageMessage {\n    metrics {\n      liveness\n      staleSince\n      snapshot\n      hasHistory\n      problem\n      series {\n        name\n        times\n        cpu\n        memory\n      }\n    }\n  }\n": types.MetricsPagePartFragmentDoc,
    "\n  subscription ObjectPage($ref: ObjectRef!, $paths: [String!]!, $overview: Boolean!, $events: Boolean!) {\n    objectPage(ref: $ref) {\n      liveness\n      staleSince\n      changed\n      object(paths: $paths)\n      state {\n        word\n        health\n        sentence\n      }\n      warnings\n      events @include(if: $events) {\n        events {\n          key\n          type\n          reason\n          message\n          count\n          lastSeen\n          source\n          kind\n          name\n        }\n        missing\n      }\n      ...OverviewParts @include(if: $overview)\n    }\n  }\n": types.ObjectPageDocument,
    "\n  fragment OverviewParts on ObjectPageMessage {\n    owners {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        uid\n        exists\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      missing\n    }\n    children {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        uid\n        parent\n        createdAt\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      total\n      missing\n    }\n    related {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        relation\n        exists\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      missing\n    }\n    ...WorkloadPageParts\n    ...MetricsPagePart\n    ...NamespacePageParts\n    ...EventingPagePart\n    endpoints {\n      endpoints {\n        address\n        ready\n        terminating\n        pod\n        node\n      }\n      total\n      ready\n      ports {\n        name\n        port\n        protocol\n      }\n      missing\n    }\n  }\n": types.OverviewPartsFragmentDoc,
    "\n  fragment NamespacePageParts on ObjectPageMessage {\n    contents {\n      kinds {\n        group\n        version\n        plural\n        kind\n        count\n      }\n      missing\n    }\n    quotas {\n      quotas {\n        name\n        resources {\n          name\n          hard\n          used\n        }\n      }\n      missing\n    }\n  }\n": types.NamespacePagePartsFragmentDoc,
    "\n  mutation PatchMetadata($ref: ObjectRef!, $patch: JSON!, $dryRun: Boolean!) {\n    patchObject(ref: $ref, patch: $patch, type: MERGE, dryRun: $dryRun)\n  }\n": types.PatchMetadataDocument,
    "\n  fragment Change on ChangedField {\n    field\n    before\n    after\n  }\n": types.ChangeFragmentDoc,
    "\n  query ApiResources {\n    apiResources {\n      group\n      version\n      plural\n      kind\n      namespaced\n      verbs\n      shortNames\n      categories\n    }\n  }\n": types.ApiResourcesDocument,
    "\n  query Objects($type: ResourceType!, $namespace: String, $labelSelector: String) {\n    objects(type: $type, namespace: $namespace, labelSelector: $labelSelector)\n  }\n": types.ObjectsDocument,
    "\n  query ObjectYaml($ref: ObjectRef!) {\n    objectYaml(ref: $ref)\n  }\n": types.ObjectYamlDocument,
    "\n  query RevealSecret($namespace: String!, $name: String!, $key: String!) {\n    revealSecret(namespace: $namespace, name: $name, key: $key)\n  }\n": types.RevealSecretDocument,
    "\n  mutation CreateObject($object: JSON!, $dryRun: Boolean) {\n    createObject(object: $object, dryRun: $dryRun)\n  }\n": types.CreateObjectDocument,
    "\n  mutation ApplyYaml($ref: ObjectRef, $yaml: String!, $dryRun: Boolean, $force: Boolean) {\n    applyYaml(ref: $ref, yaml: $yaml, dryRun: $dryRun, force: $force) {\n      object\n      conflicts {\n        manager\n        field\n        message\n      }\n    }\n  }\n": types.ApplyYamlDocument,
    "\n  mutation DeleteObject($ref: ObjectRef!, $uid: String, $dryRun: Boolean!) {\n    deleteObject(ref: $ref, uid: $uid, dryRun: $dryRun)\n  }\n": types.DeleteObjectDocument,
    "\n  subscription ClusterOverview($namespaces: [String!]) {\n    clusterOverview(namespaces: $namespaces) {\n      liveness\n      staleSince\n      kinds {\n        group\n        version\n        plural\n        kind\n        total\n        ok\n        progress\n        warning\n        error\n      }\n      failing {\n        key\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        createdAt\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      failingTotal\n      capacity {\n        nodes\n        cpu {\n          allocatable\n          requested\n        }\n        memory {\n          allocatable\n          requested\n        }\n        pods {\n          allocatable\n          requested\n        }\n      }\n      warnings {\n        key\n        reason\n        message\n        count\n        lastSeen\n        apiVersion\n        kind\n        namespace\n        name\n      }\n      missing\n    }\n  }\n": types.ClusterOverviewDocument,
    "\n  subscription ObjectEvents($ref: ObjectRef!) {\n    objectEvents(ref: $ref) {\n      liveness\n      object\n    }\n  }\n": types.ObjectEventsDocument,
    "\n  subscription ObjectsEvents(\n    $type: ResourceType!\n    $namespace: String\n    $labelSelector: String\n    $fieldSelector: String\n  ) {\n    objectsEvents(\n      type: $type\n      namespace: $namespace\n      labelSelector: $labelSelector\n      fieldSelector: $fieldSelector\n    ) {\n      liveness\n      snapshot\n      objects\n      deleted\n    }\n  }\n": types.ObjectsEventsDocument,
    "\n  query SearchObjects($text: String!, $namespaces: [String!], $limit: Int!) {\n    searchObjects(text: $text, namespaces: $namespaces, limit: $limit) {\n      group\n      version\n      plural\n      kind\n      namespace\n      name\n      score\n    }\n  }\n": types.SearchObjectsDocument,
    "\n  query Session {\n    session {\n      user\n      groups\n      actor\n      signedInAs\n      method\n      endsAt\n      viewAs {\n        user\n        groups\n        uid\n      }\n      cluster\n      serverVersion\n      local\n      testIssuer\n    }\n  }\n": types.SessionDocument,
    "\n  mutation SignOut {\n    signOut\n  }\n": types.SignOutDocument,
    "\n  mutation ViewAs($subject: ViewAsInput!) {\n    viewAs(subject: $subject)\n  }\n": types.ViewAsDocument,
    "\n  mutation StopViewAs {\n    stopViewAs\n  }\n": types.StopViewAsDocument,
    "\n  fragment WorkloadPageParts on ObjectPageMessage {\n    workload {\n      replicas {\n        desired\n        current\n        updated\n        ready\n        available\n      }\n      rollout {\n        state\n        sentence\n        problems {\n          pod\n          reason\n          message\n        }\n      }\n      paused\n      strategy\n      selector\n      autoscalers {\n        name\n        minReplicas\n        maxReplicas\n      }\n    }\n    pods {\n      pods {\n        key\n        namespace\n        name\n        status\n        health\n        readyContainers\n        containers\n        restarts\n        lastRestart\n        node\n        ip\n        createdAt\n        trouble\n        cpuRequest\n        memoryRequest\n        cpuLimit\n        memoryLimit\n      }\n      total\n      missing\n    }\n    containers {\n      containers {\n        name\n        role\n        image\n        imageId\n        state\n        health\n        explanation\n        advice\n        startedAt\n        finishedAt\n        restarts\n        lastEnd\n        lastEndAt\n        command\n        ports\n        requests\n        limits\n        probes {\n          kind\n          text\n        }\n        mounts {\n          path\n          volume\n          readOnly\n        }\n        env {\n          name\n          value\n          source {\n            kind\n            object\n            key\n            optional\n            prefix\n          }\n        }\n      }\n      volumes {\n        name\n        kind\n        object\n        text\n      }\n      facts {\n        name\n        values\n      }\n    }\n    job {\n      completions\n      parallelism\n      active\n      ready\n      succeeded\n      failed\n      backoffLimit\n      suspended\n      startTime\n      completionTime\n      sentence\n      health\n    }\n    cronJob {\n      schedule\n      words\n      timeZone\n      suspended\n      nextRuns\n      lastScheduleTime\n      lastSuccessfulTime\n      concurrencyPolicy\n      jobs {\n        key\n        name\n        status\n        health\n        startTime\n        completionTime\n        manual\n        message\n      }\n      missing\n    }\n    node {\n      unschedulable\n      resources {\n        name\n        capacity\n        allocatable\n        requested\n        limit\n      }\n      taints\n      addresses {\n        name\n        values\n      }\n      versions {\n        name\n        values\n      }\n      images {\n        name\n        sizeBytes\n      }\n      imagesTotal\n      missing\n    }\n  }\n": types.WorkloadPagePartsFragmentDoc,
    "\n  mutation ScaleWorkload($ref: ObjectRef!, $replicas: Int!, $expected: Int, $dryRun: Boolean!) {\n    scaleWorkload(ref: $ref, replicas: $replicas, expected: $expected, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": types.ScaleWorkloadDocument,
    "\n  mutation RestartWorkload($ref: ObjectRef!, $dryRun: Boolean!) {\n    restartWorkload(ref: $ref, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": types.RestartWorkloadDocument,
    "\n  mutation PauseRollout($ref: ObjectRef!, $paused: Boolean!, $dryRun: Boolean!) {\n    pauseRollout(ref: $ref, paused: $paused, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": types.PauseRolloutDocument,
    "\n  mutation RollbackWorkload($ref: ObjectRef!, $revision: Int!, $dryRun: Boolean!) {\n    rollbackWorkload(ref: $ref, revision: $revision, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": types.RollbackWorkloadDocument,
    "\n  mutation TriggerCronJob($namespace: String!, $name: String!, $dryRun: Boolean!) {\n    triggerCronJob(namespace: $namespace, name: $name, dryRun: $dryRun) {\n      message\n    }\n  }\n": types.TriggerCronJobDocument,
    "\n  mutation Suspend($ref: ObjectRef!, $suspended: Boolean!, $dryRun: Boolean!) {\n    suspend(ref: $ref, suspended: $suspended, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": types.SuspendDocument,
    "\n  mutation RerunJob($namespace: String!, $name: String!, $dryRun: Boolean!) {\n    rerunJob(namespace: $namespace, name: $name, dryRun: $dryRun) {\n      message\n    }\n  }\n": types.RerunJobDocument,
    "\n  mutation CordonNode($name: String!, $cordoned: Boolean!, $dryRun: Boolean!) {\n    cordonNode(name: $name, cordoned: $cordoned, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n": types.CordonNodeDocument,
    "\n  mutation EvictPods($pods: [PodTarget!]!, $gracePeriodSeconds: Int, $dryRun: Boolean!) {\n    evictPods(pods: $pods, gracePeriodSeconds: $gracePeriodSeconds, dryRun: $dryRun) {\n      namespace\n      name\n      uid\n      outcome\n      message\n    }\n  }\n": types.EvictPodsDocument,
    "\n  query ScaleTarget($ref: ObjectRef!) {\n    scaleTarget(ref: $ref) {\n      replicas\n      autoscalers {\n        name\n        minReplicas\n        maxReplicas\n      }\n    }\n  }\n": types.ScaleTargetDocument,
    "\n  query WorkloadRevisions($ref: ObjectRef!) {\n    workloadRevisions(ref: $ref) {\n      revision\n      name\n      createdAt\n      changeCause\n      images\n      pods\n      current\n    }\n  }\n": types.WorkloadRevisionsDocument,
    "\n  query RevisionComparison($ref: ObjectRef!, $revision: Int!) {\n    revisionComparison(ref: $ref, revision: $revision) {\n      before\n      after\n      changeCause\n      current\n    }\n  }\n": types.RevisionComparisonDocument,
    "\n  query DrainPlan($node: String!) {\n    drainPlan(node: $node) {\n      namespace\n      name\n      uid\n      controller\n      skipped\n      isUnmanaged\n      emptyDirs\n      terminatingSince\n    }\n  }\n": types.DrainPlanDocument,
    "\n  query Gateways {\n    gateways {\n      ref\n      hosts\n      domain\n      urlTemplate\n    }\n    testIssuer {\n      issuer\n      jwksUri\n    }\n  }\n": types.GatewaysDocument,
    "\n  query HostClaim($host: String!, $gateway: String!, $except: String) {\n    hostClaim(host: $host, gateway: $gateway, except: $except) {\n      host\n      owner\n    }\n  }\n": types.HostClaimDocument,
    "\n  query ApiRulePreview($apiRule: JSON!) {\n    previewApiRule(apiRule: $apiRule) {\n      yaml\n      routes {\n        index\n        path\n        methods\n        access\n        service\n        note\n      }\n      problems\n    }\n  }\n": types.ApiRulePreviewDocument,
    "\n  query ApiRuleRoutes($namespace: String!, $name: String!) {\n    effectiveRoutes(namespace: $namespace, name: $name) {\n      index\n      path\n      methods\n      access\n      service\n      note\n    }\n  }\n": types.ApiRuleRoutesDocument,
    "\n  query ApiRuleTraffic($namespace: String!, $name: String!) {\n    apiRuleTraffic(namespace: $namespace, name: $name) {\n      index\n      requests\n      errors\n      refused\n    }\n  }\n": types.ApiRuleTrafficDocument,
    "\n  mutation ProbeApiRule($request: ProbeRequest!) {\n    probeApiRule(request: $request) {\n      url\n      status\n      durationMs\n      body\n      error\n    }\n  }\n": types.ProbeApiRuleDocument,
    "\n  query EventSuggestions($namespaces: [String!], $source: String, $type: String) {\n    eventSuggestions(namespaces: $namespaces, source: $source, type: $type) {\n      sources\n      types {\n        type\n        source\n        seen\n      }\n      complete\n    }\n  }\n": types.EventSuggestionsDocument,
    "\n  query CheckSubscription($subscription: JSON!) {\n    checkSubscription(subscription: $subscription) {\n      field\n      message\n      blocks\n    }\n  }\n": types.CheckSubscriptionDocument,
    "\n  query CheckEvent($event: String!) {\n    checkEvent(event: $event) {\n      field\n      message\n      blocks\n    }\n  }\n": types.CheckEventDocument,
    "\n  query DeadLetters($namespaces: [String!], $subscription: String, $limit: Int!, $continue: String) {\n    deadLetters(namespaces: $namespaces, subscription: $subscription, limit: $limit, continue: $continue) {\n      deadLetters {\n        namespace\n        name\n        subscription\n        time\n        reason\n        attempts\n        status\n        answer\n        sink\n        event\n      }\n      continue\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": types.DeadLettersDocument,
    "\n  mutation SendTestEvent($event: String!) {\n    sendTestEvent(event: $event) {\n      accepted\n      status\n      message\n      durationMs\n    }\n  }\n": types.SendTestEventDocument,
    "\n  mutation ReplayDeadLetter($namespace: String!, $name: String!, $event: String) {\n    replayDeadLetter(namespace: $namespace, name: $name, event: $event) {\n      delivered\n      status\n      answer\n      deadLetter\n    }\n  }\n": types.ReplayDeadLetterDocument,
    "\n  mutation DiscardDeadLetter($namespace: String!, $name: String!) {\n    discardDeadLetter(namespace: $namespace, name: $name)\n  }\n": types.DiscardDeadLetterDocument,
    "\n  subscription Eventing($namespaces: [String!]) {\n    eventing(namespaces: $namespaces) {\n      staleSince\n      streams {\n        name\n        messages\n        bytes\n        maxBytes\n        maxMessagesPerSubject\n        consumers\n        firstTime\n        lastTime\n      }\n      server {\n        version\n        storageUsed\n        storageReserved\n        storageLimit\n      }\n      observed {\n        type\n        source\n        count\n        rate\n        lastTime\n      }\n      subscriptions {\n        namespace\n        name\n        source\n        anySource\n        sink\n        ready\n        reason\n        types {\n          type\n          published\n          rate\n          pending\n          inFlight\n        }\n        deadLetters\n        lastError {\n          time\n          status\n          message\n          eventId\n          type\n        }\n      }\n      subscriptionsTotal\n      deadLettersTotal\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": types.EventingDocument,
    "\n  subscription SubscriptionFigures($namespaces: [String!]) {\n    subscriptionFigures(namespaces: $namespaces) {\n      staleSince\n      figures {\n        namespace\n        name\n        waiting\n        deadLetters\n      }\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": types.SubscriptionFiguresDocument,
    "\n  subscription EventTail($type: String, $source: String) {\n    eventTail(type: $type, source: $source) {\n      watching\n      opened\n      items: events {\n        time\n        source\n        type\n        event\n        truncated\n      }\n      omitted\n      problem {\n        kind\n        message\n      }\n    }\n  }\n": types.EventTailDocument,
    "\n  subscription DeliveryAttempts($namespace: String!, $subscription: String!) {\n    deliveryAttempts(namespace: $namespace, subscription: $subscription) {\n      watching\n      opened\n      items: attempts {\n        time\n        namespace\n        subscription\n        eventId\n        source\n        type\n        sink\n        attempt\n        status\n        outcome\n        nextAttemptMs\n        durationMs\n        error\n      }\n      omitted\n      problem {\n        kind\n        message\n      }\n    }\n  }\n": types.DeliveryAttemptsDocument,
    "\n  subscription TestEventOutcome($event: EventKeyInput!, $namespaces: [String!]) {\n    testEventOutcome(event: $event, namespaces: $namespaces) {\n      watching\n      matches {\n        namespace\n        name\n        sink\n        ready\n        reason\n      }\n      attempts {\n        time\n        namespace\n        subscription\n        eventId\n        source\n        type\n        sink\n        attempt\n        status\n        outcome\n        nextAttemptMs\n        durationMs\n        error\n      }\n      problems {\n        kind\n        message\n      }\n    }\n  }\n": types.TestEventOutcomeDocument,
    "\n  query FunctionTypings {\n    functionTypings\n  }\n": types.FunctionTypingsDocument,
    "\n  query FunctionRevisions($ref: FunctionRef!) {\n    functionRevisions(ref: $ref) {\n      name\n      revision\n      createdAt\n      current\n      spec\n    }\n  }\n": types.FunctionRevisionsDocument,
    "\n  query FunctionDiagnosis($ref: FunctionRef!) {\n    functionDiagnosis(ref: $ref) {\n      cause\n      pod\n      container\n      lines\n    }\n  }\n": types.FunctionDiagnosisDocument,
    "\n  mutation SaveFunction($ref: FunctionRef!, $edit: FunctionEdit!, $base: JSON!, $force: Boolean) {\n    saveFunction(ref: $ref, edit: $edit, base: $base, force: $force) {\n      object\n      conflicts {\n        manager\n        field\n        message\n      }\n    }\n  }\n": types.SaveFunctionDocument,
    "\n  mutation RevertFunction($ref: FunctionRef!, $revision: String!) {\n    revertFunction(ref: $ref, revision: $revision)\n  }\n": types.RevertFunctionDocument,
    "\n  mutation RunFunction($ref: FunctionRef!, $request: RunRequest!) {\n    runFunction(ref: $ref, request: $request) {\n      status\n      statusText\n      headers {\n        name\n        value\n      }\n      body\n      base64\n      truncated\n      durationMs\n      error\n      note\n    }\n  }\n": types.RunFunctionDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Access($checks: [AccessCheck!]!) {\n    access(checks: $checks) {\n      allowed\n      reason\n      message\n    }\n  }\n"): typeof import('./graphql').AccessDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Grantors($check: AccessCheck!) {\n    grantors(check: $check) {\n      subjects {\n        kind\n        name\n        namespace\n      }\n      complete\n    }\n  }\n"): typeof import('./graphql').GrantorsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccessRules($namespace: String) {\n    accessRules(namespace: $namespace) {\n      rules {\n        verbs\n        apiGroups\n        resources\n        resourceNames\n      }\n      nonResourceRules {\n        verbs\n        urls\n      }\n      incomplete\n      note\n    }\n  }\n"): typeof import('./graphql').AccessRulesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Components {\n    components {\n      name\n      state\n      restarts\n      message\n      since\n    }\n  }\n"): typeof import('./graphql').ComponentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query KindSchema($type: ResourceType!) {\n    kindSchema(type: $type)\n  }\n"): typeof import('./graphql').KindSchemaDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RebaseYaml($ref: ObjectRef!, $base: String!, $text: String!) {\n    rebaseYaml(ref: $ref, base: $base, text: $text) {\n      live\n      text\n      changes {\n        field\n        managers\n        before\n        after\n      }\n      conflicts {\n        reason\n        field\n        managers\n        base\n        theirs\n        mine\n      }\n    }\n  }\n"): typeof import('./graphql').RebaseYamlDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveYaml(\n    $ref: ObjectRef!\n    $base: String!\n    $text: String!\n    $choices: [FieldChoice!]!\n    $dryRun: Boolean!\n  ) {\n    saveYaml(ref: $ref, base: $base, text: $text, choices: $choices, dryRun: $dryRun) {\n      conflicts {\n        reason\n        field\n        managers\n        base\n        theirs\n        mine\n      }\n      refusal {\n        message\n        causes {\n          field\n          message\n          line\n        }\n      }\n      stored\n      result\n      method\n      fields\n      ignored {\n        field\n        mine\n        result\n      }\n      text\n    }\n  }\n"): typeof import('./graphql').SaveYamlDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ApplyManifest(\n    $yaml: String!\n    $namespace: String\n    $firstLine: Int!\n    $force: Boolean!\n    $dryRun: Boolean!\n  ) {\n    applyManifest(yaml: $yaml, namespace: $namespace, firstLine: $firstLine, force: $force, dryRun: $dryRun) {\n      outcome\n      apiVersion\n      kind\n      namespace\n      name\n      plural\n      message\n      line\n      pending\n      stored\n      result\n      conflicts {\n        field\n        managers\n      }\n    }\n  }\n"): typeof import('./graphql').ApplyManifestDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment EventingPagePart on ObjectPageMessage {\n    delivery {\n      state {\n        types {\n          type\n          exists\n          rate\n          delivered\n          pending\n          inFlight\n          redelivered\n          oldestPending\n          waitingDispatchers\n        }\n        deadLetters\n        lastError {\n          time\n          status\n          message\n          eventId\n          type\n        }\n      }\n      staleSince\n      problem {\n        kind\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').EventingPagePartFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WhoCan($check: AccessCheck!) {\n    whoCan(check: $check) {\n      grants {\n        subject {\n          kind\n          name\n          namespace\n        }\n        bindingKind\n        binding\n        roleKind\n        role\n        rule\n        namespace\n      }\n      total\n      missing\n    }\n  }\n"): typeof import('./graphql').WhoCanDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProbeService($namespace: String!, $service: String!, $port: Int!, $path: String!) {\n    probeService(namespace: $namespace, service: $service, port: $port, path: $path) {\n      status\n      statusText\n      milliseconds\n      body\n      problem\n    }\n  }\n"): typeof import('./graphql').ProbeServiceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TableWindow($scope: TableScope!, $view: TableView!) {\n    tableWindow(scope: $scope, view: $view) {\n      liveness\n      staleSince\n      revision\n      snapshot\n      total\n      unfiltered\n      arriving\n      offset\n      columns {\n        id\n        name\n        type\n        description\n        priority\n      }\n      order\n      rows {\n        key\n        namespace\n        name\n        creationTimestamp\n        labels\n        cells\n      }\n      forbidden\n      warnings\n    }\n  }\n"): typeof import('./graphql').TableWindowDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Bulk($input: BulkInput!) {\n    bulk(input: $input) {\n      namespace\n      name\n      ok\n      message\n    }\n  }\n"): typeof import('./graphql').BulkDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ObjectOnce($ref: ObjectRef!) {\n    object(ref: $ref)\n  }\n"): typeof import('./graphql').ObjectOnceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Logs($source: LogSource!, $options: LogOptions, $resume: [String!]) {\n    logs(source: $source, options: $options, resume: $resume) {\n      streams {\n        index\n        pod\n        container\n        kind\n        restarts\n        state\n        message\n      }\n      sources\n      times\n      texts\n      gaps {\n        before\n        stream\n        count\n      }\n      cursors {\n        stream\n        token\n      }\n      liveness\n      omitted\n      ended\n    }\n  }\n"): typeof import('./graphql').LogsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DebugPod($namespace: String!, $pod: String!, $image: String!, $target: String) {\n    debugPod(namespace: $namespace, pod: $pod, image: $image, target: $target)\n  }\n"): typeof import('./graphql').DebugPodDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MetricsPagePart on ObjectPageMessage {\n    metrics {\n      liveness\n      staleSince\n      snapshot\n      hasHistory\n      problem\n      series {\n        name\n        times\n        cpu\n        memory\n      }\n    }\n  }\n"): typeof import('./graphql').MetricsPagePartFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ObjectPage($ref: ObjectRef!, $paths: [String!]!, $overview: Boolean!, $events: Boolean!) {\n    objectPage(ref: $ref) {\n      liveness\n      staleSince\n      changed\n      object(paths: $paths)\n      state {\n        word\n        health\n        sentence\n      }\n      warnings\n      events @include(if: $events) {\n        events {\n          key\n          type\n          reason\n          message\n          count\n          lastSeen\n          source\n          kind\n          name\n        }\n        missing\n      }\n      ...OverviewParts @include(if: $overview)\n    }\n  }\n"): typeof import('./graphql').ObjectPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OverviewParts on ObjectPageMessage {\n    owners {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        uid\n        exists\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      missing\n    }\n    children {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        uid\n        parent\n        createdAt\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      total\n      missing\n    }\n    related {\n      objects {\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        relation\n        exists\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      missing\n    }\n    ...WorkloadPageParts\n    ...MetricsPagePart\n    ...NamespacePageParts\n    ...EventingPagePart\n    endpoints {\n      endpoints {\n        address\n        ready\n        terminating\n        pod\n        node\n      }\n      total\n      ready\n      ports {\n        name\n        port\n        protocol\n      }\n      missing\n    }\n  }\n"): typeof import('./graphql').OverviewPartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment NamespacePageParts on ObjectPageMessage {\n    contents {\n      kinds {\n        group\n        version\n        plural\n        kind\n        count\n      }\n      missing\n    }\n    quotas {\n      quotas {\n        name\n        resources {\n          name\n          hard\n          used\n        }\n      }\n      missing\n    }\n  }\n"): typeof import('./graphql').NamespacePagePartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PatchMetadata($ref: ObjectRef!, $patch: JSON!, $dryRun: Boolean!) {\n    patchObject(ref: $ref, patch: $patch, type: MERGE, dryRun: $dryRun)\n  }\n"): typeof import('./graphql').PatchMetadataDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Change on ChangedField {\n    field\n    before\n    after\n  }\n"): typeof import('./graphql').ChangeFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiResources {\n    apiResources {\n      group\n      version\n      plural\n      kind\n      namespaced\n      verbs\n      shortNames\n      categories\n    }\n  }\n"): typeof import('./graphql').ApiResourcesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Objects($type: ResourceType!, $namespace: String, $labelSelector: String) {\n    objects(type: $type, namespace: $namespace, labelSelector: $labelSelector)\n  }\n"): typeof import('./graphql').ObjectsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ObjectYaml($ref: ObjectRef!) {\n    objectYaml(ref: $ref)\n  }\n"): typeof import('./graphql').ObjectYamlDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RevealSecret($namespace: String!, $name: String!, $key: String!) {\n    revealSecret(namespace: $namespace, name: $name, key: $key)\n  }\n"): typeof import('./graphql').RevealSecretDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateObject($object: JSON!, $dryRun: Boolean) {\n    createObject(object: $object, dryRun: $dryRun)\n  }\n"): typeof import('./graphql').CreateObjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ApplyYaml($ref: ObjectRef, $yaml: String!, $dryRun: Boolean, $force: Boolean) {\n    applyYaml(ref: $ref, yaml: $yaml, dryRun: $dryRun, force: $force) {\n      object\n      conflicts {\n        manager\n        field\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').ApplyYamlDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteObject($ref: ObjectRef!, $uid: String, $dryRun: Boolean!) {\n    deleteObject(ref: $ref, uid: $uid, dryRun: $dryRun)\n  }\n"): typeof import('./graphql').DeleteObjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ClusterOverview($namespaces: [String!]) {\n    clusterOverview(namespaces: $namespaces) {\n      liveness\n      staleSince\n      kinds {\n        group\n        version\n        plural\n        kind\n        total\n        ok\n        progress\n        warning\n        error\n      }\n      failing {\n        key\n        group\n        version\n        plural\n        kind\n        namespace\n        name\n        createdAt\n        state {\n          word\n          health\n          sentence\n        }\n      }\n      failingTotal\n      capacity {\n        nodes\n        cpu {\n          allocatable\n          requested\n        }\n        memory {\n          allocatable\n          requested\n        }\n        pods {\n          allocatable\n          requested\n        }\n      }\n      warnings {\n        key\n        reason\n        message\n        count\n        lastSeen\n        apiVersion\n        kind\n        namespace\n        name\n      }\n      missing\n    }\n  }\n"): typeof import('./graphql').ClusterOverviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ObjectEvents($ref: ObjectRef!) {\n    objectEvents(ref: $ref) {\n      liveness\n      object\n    }\n  }\n"): typeof import('./graphql').ObjectEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ObjectsEvents(\n    $type: ResourceType!\n    $namespace: String\n    $labelSelector: String\n    $fieldSelector: String\n  ) {\n    objectsEvents(\n      type: $type\n      namespace: $namespace\n      labelSelector: $labelSelector\n      fieldSelector: $fieldSelector\n    ) {\n      liveness\n      snapshot\n      objects\n      deleted\n    }\n  }\n"): typeof import('./graphql').ObjectsEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SearchObjects($text: String!, $namespaces: [String!], $limit: Int!) {\n    searchObjects(text: $text, namespaces: $namespaces, limit: $limit) {\n      group\n      version\n      plural\n      kind\n      namespace\n      name\n      score\n    }\n  }\n"): typeof import('./graphql').SearchObjectsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Session {\n    session {\n      user\n      groups\n      actor\n      signedInAs\n      method\n      endsAt\n      viewAs {\n        user\n        groups\n        uid\n      }\n      cluster\n      serverVersion\n      local\n      testIssuer\n    }\n  }\n"): typeof import('./graphql').SessionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut\n  }\n"): typeof import('./graphql').SignOutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ViewAs($subject: ViewAsInput!) {\n    viewAs(subject: $subject)\n  }\n"): typeof import('./graphql').ViewAsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StopViewAs {\n    stopViewAs\n  }\n"): typeof import('./graphql').StopViewAsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WorkloadPageParts on ObjectPageMessage {\n    workload {\n      replicas {\n        desired\n        current\n        updated\n        ready\n        available\n      }\n      rollout {\n        state\n        sentence\n        problems {\n          pod\n          reason\n          message\n        }\n      }\n      paused\n      strategy\n      selector\n      autoscalers {\n        name\n        minReplicas\n        maxReplicas\n      }\n    }\n    pods {\n      pods {\n        key\n        namespace\n        name\n        status\n        health\n        readyContainers\n        containers\n        restarts\n        lastRestart\n        node\n        ip\n        createdAt\n        trouble\n        cpuRequest\n        memoryRequest\n        cpuLimit\n        memoryLimit\n      }\n      total\n      missing\n    }\n    containers {\n      containers {\n        name\n        role\n        image\n        imageId\n        state\n        health\n        explanation\n        advice\n        startedAt\n        finishedAt\n        restarts\n        lastEnd\n        lastEndAt\n        command\n        ports\n        requests\n        limits\n        probes {\n          kind\n          text\n        }\n        mounts {\n          path\n          volume\n          readOnly\n        }\n        env {\n          name\n          value\n          source {\n            kind\n            object\n            key\n            optional\n            prefix\n          }\n        }\n      }\n      volumes {\n        name\n        kind\n        object\n        text\n      }\n      facts {\n        name\n        values\n      }\n    }\n    job {\n      completions\n      parallelism\n      active\n      ready\n      succeeded\n      failed\n      backoffLimit\n      suspended\n      startTime\n      completionTime\n      sentence\n      health\n    }\n    cronJob {\n      schedule\n      words\n      timeZone\n      suspended\n      nextRuns\n      lastScheduleTime\n      lastSuccessfulTime\n      concurrencyPolicy\n      jobs {\n        key\n        name\n        status\n        health\n        startTime\n        completionTime\n        manual\n        message\n      }\n      missing\n    }\n    node {\n      unschedulable\n      resources {\n        name\n        capacity\n        allocatable\n        requested\n        limit\n      }\n      taints\n      addresses {\n        name\n        values\n      }\n      versions {\n        name\n        values\n      }\n      images {\n        name\n        sizeBytes\n      }\n      imagesTotal\n      missing\n    }\n  }\n"): typeof import('./graphql').WorkloadPagePartsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ScaleWorkload($ref: ObjectRef!, $replicas: Int!, $expected: Int, $dryRun: Boolean!) {\n    scaleWorkload(ref: $ref, replicas: $replicas, expected: $expected, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n"): typeof import('./graphql').ScaleWorkloadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestartWorkload($ref: ObjectRef!, $dryRun: Boolean!) {\n    restartWorkload(ref: $ref, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n"): typeof import('./graphql').RestartWorkloadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PauseRollout($ref: ObjectRef!, $paused: Boolean!, $dryRun: Boolean!) {\n    pauseRollout(ref: $ref, paused: $paused, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n"): typeof import('./graphql').PauseRolloutDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RollbackWorkload($ref: ObjectRef!, $revision: Int!, $dryRun: Boolean!) {\n    rollbackWorkload(ref: $ref, revision: $revision, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n"): typeof import('./graphql').RollbackWorkloadDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation TriggerCronJob($namespace: String!, $name: String!, $dryRun: Boolean!) {\n    triggerCronJob(namespace: $namespace, name: $name, dryRun: $dryRun) {\n      message\n    }\n  }\n"): typeof import('./graphql').TriggerCronJobDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Suspend($ref: ObjectRef!, $suspended: Boolean!, $dryRun: Boolean!) {\n    suspend(ref: $ref, suspended: $suspended, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n"): typeof import('./graphql').SuspendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RerunJob($namespace: String!, $name: String!, $dryRun: Boolean!) {\n    rerunJob(namespace: $namespace, name: $name, dryRun: $dryRun) {\n      message\n    }\n  }\n"): typeof import('./graphql').RerunJobDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CordonNode($name: String!, $cordoned: Boolean!, $dryRun: Boolean!) {\n    cordonNode(name: $name, cordoned: $cordoned, dryRun: $dryRun) {\n      message\n      changes {\n        ...Change\n      }\n    }\n  }\n"): typeof import('./graphql').CordonNodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation EvictPods($pods: [PodTarget!]!, $gracePeriodSeconds: Int, $dryRun: Boolean!) {\n    evictPods(pods: $pods, gracePeriodSeconds: $gracePeriodSeconds, dryRun: $dryRun) {\n      namespace\n      name\n      uid\n      outcome\n      message\n    }\n  }\n"): typeof import('./graphql').EvictPodsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ScaleTarget($ref: ObjectRef!) {\n    scaleTarget(ref: $ref) {\n      replicas\n      autoscalers {\n        name\n        minReplicas\n        maxReplicas\n      }\n    }\n  }\n"): typeof import('./graphql').ScaleTargetDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WorkloadRevisions($ref: ObjectRef!) {\n    workloadRevisions(ref: $ref) {\n      revision\n      name\n      createdAt\n      changeCause\n      images\n      pods\n      current\n    }\n  }\n"): typeof import('./graphql').WorkloadRevisionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RevisionComparison($ref: ObjectRef!, $revision: Int!) {\n    revisionComparison(ref: $ref, revision: $revision) {\n      before\n      after\n      changeCause\n      current\n    }\n  }\n"): typeof import('./graphql').RevisionComparisonDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DrainPlan($node: String!) {\n    drainPlan(node: $node) {\n      namespace\n      name\n      uid\n      controller\n      skipped\n      isUnmanaged\n      emptyDirs\n      terminatingSince\n    }\n  }\n"): typeof import('./graphql').DrainPlanDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Gateways {\n    gateways {\n      ref\n      hosts\n      domain\n      urlTemplate\n    }\n    testIssuer {\n      issuer\n      jwksUri\n    }\n  }\n"): typeof import('./graphql').GatewaysDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HostClaim($host: String!, $gateway: String!, $except: String) {\n    hostClaim(host: $host, gateway: $gateway, except: $except) {\n      host\n      owner\n    }\n  }\n"): typeof import('./graphql').HostClaimDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiRulePreview($apiRule: JSON!) {\n    previewApiRule(apiRule: $apiRule) {\n      yaml\n      routes {\n        index\n        path\n        methods\n        access\n        service\n        note\n      }\n      problems\n    }\n  }\n"): typeof import('./graphql').ApiRulePreviewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiRuleRoutes($namespace: String!, $name: String!) {\n    effectiveRoutes(namespace: $namespace, name: $name) {\n      index\n      path\n      methods\n      access\n      service\n      note\n    }\n  }\n"): typeof import('./graphql').ApiRuleRoutesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ApiRuleTraffic($namespace: String!, $name: String!) {\n    apiRuleTraffic(namespace: $namespace, name: $name) {\n      index\n      requests\n      errors\n      refused\n    }\n  }\n"): typeof import('./graphql').ApiRuleTrafficDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProbeApiRule($request: ProbeRequest!) {\n    probeApiRule(request: $request) {\n      url\n      status\n      durationMs\n      body\n      error\n    }\n  }\n"): typeof import('./graphql').ProbeApiRuleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query EventSuggestions($namespaces: [String!], $source: String, $type: String) {\n    eventSuggestions(namespaces: $namespaces, source: $source, type: $type) {\n      sources\n      types {\n        type\n        source\n        seen\n      }\n      complete\n    }\n  }\n"): typeof import('./graphql').EventSuggestionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CheckSubscription($subscription: JSON!) {\n    checkSubscription(subscription: $subscription) {\n      field\n      message\n      blocks\n    }\n  }\n"): typeof import('./graphql').CheckSubscriptionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query CheckEvent($event: String!) {\n    checkEvent(event: $event) {\n      field\n      message\n      blocks\n    }\n  }\n"): typeof import('./graphql').CheckEventDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DeadLetters($namespaces: [String!], $subscription: String, $limit: Int!, $continue: String) {\n    deadLetters(namespaces: $namespaces, subscription: $subscription, limit: $limit, continue: $continue) {\n      deadLetters {\n        namespace\n        name\n        subscription\n        time\n        reason\n        attempts\n        status\n        answer\n        sink\n        event\n      }\n      continue\n      problems {\n        kind\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').DeadLettersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SendTestEvent($event: String!) {\n    sendTestEvent(event: $event) {\n      accepted\n      status\n      message\n      durationMs\n    }\n  }\n"): typeof import('./graphql').SendTestEventDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReplayDeadLetter($namespace: String!, $name: String!, $event: String) {\n    replayDeadLetter(namespace: $namespace, name: $name, event: $event) {\n      delivered\n      status\n      answer\n      deadLetter\n    }\n  }\n"): typeof import('./graphql').ReplayDeadLetterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardDeadLetter($namespace: String!, $name: String!) {\n    discardDeadLetter(namespace: $namespace, name: $name)\n  }\n"): typeof import('./graphql').DiscardDeadLetterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Eventing($namespaces: [String!]) {\n    eventing(namespaces: $namespaces) {\n      staleSince\n      streams {\n        name\n        messages\n        bytes\n        maxBytes\n        maxMessagesPerSubject\n        consumers\n        firstTime\n        lastTime\n      }\n      server {\n        version\n        storageUsed\n        storageReserved\n        storageLimit\n      }\n      observed {\n        type\n        source\n        count\n        rate\n        lastTime\n      }\n      subscriptions {\n        namespace\n        name\n        source\n        anySource\n        sink\n        ready\n        reason\n        types {\n          type\n          published\n          rate\n          pending\n          inFlight\n        }\n        deadLetters\n        lastError {\n          time\n          status\n          message\n          eventId\n          type\n        }\n      }\n      subscriptionsTotal\n      deadLettersTotal\n      problems {\n        kind\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').EventingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription SubscriptionFigures($namespaces: [String!]) {\n    subscriptionFigures(namespaces: $namespaces) {\n      staleSince\n      figures {\n        namespace\n        name\n        waiting\n        deadLetters\n      }\n      problems {\n        kind\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').SubscriptionFiguresDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription EventTail($type: String, $source: String) {\n    eventTail(type: $type, source: $source) {\n      watching\n      opened\n      items: events {\n        time\n        source\n        type\n        event\n        truncated\n      }\n      omitted\n      problem {\n        kind\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').EventTailDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DeliveryAttempts($namespace: String!, $subscription: String!) {\n    deliveryAttempts(namespace: $namespace, subscription: $subscription) {\n      watching\n      opened\n      items: attempts {\n        time\n        namespace\n        subscription\n        eventId\n        source\n        type\n        sink\n        attempt\n        status\n        outcome\n        nextAttemptMs\n        durationMs\n        error\n      }\n      omitted\n      problem {\n        kind\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').DeliveryAttemptsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription TestEventOutcome($event: EventKeyInput!, $namespaces: [String!]) {\n    testEventOutcome(event: $event, namespaces: $namespaces) {\n      watching\n      matches {\n        namespace\n        name\n        sink\n        ready\n        reason\n      }\n      attempts {\n        time\n        namespace\n        subscription\n        eventId\n        source\n        type\n        sink\n        attempt\n        status\n        outcome\n        nextAttemptMs\n        durationMs\n        error\n      }\n      problems {\n        kind\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').TestEventOutcomeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FunctionTypings {\n    functionTypings\n  }\n"): typeof import('./graphql').FunctionTypingsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FunctionRevisions($ref: FunctionRef!) {\n    functionRevisions(ref: $ref) {\n      name\n      revision\n      createdAt\n      current\n      spec\n    }\n  }\n"): typeof import('./graphql').FunctionRevisionsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FunctionDiagnosis($ref: FunctionRef!) {\n    functionDiagnosis(ref: $ref) {\n      cause\n      pod\n      container\n      lines\n    }\n  }\n"): typeof import('./graphql').FunctionDiagnosisDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SaveFunction($ref: FunctionRef!, $edit: FunctionEdit!, $base: JSON!, $force: Boolean) {\n    saveFunction(ref: $ref, edit: $edit, base: $base, force: $force) {\n      object\n      conflicts {\n        manager\n        field\n        message\n      }\n    }\n  }\n"): typeof import('./graphql').SaveFunctionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RevertFunction($ref: FunctionRef!, $revision: String!) {\n    revertFunction(ref: $ref, revision: $revision)\n  }\n"): typeof import('./graphql').RevertFunctionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RunFunction($ref: FunctionRef!, $request: RunRequest!) {\n    runFunction(ref: $ref, request: $request) {\n      status\n      statusText\n      headers {\n        name\n        value\n      }\n      body\n      base64\n      truncated\n      durationMs\n      error\n      note\n    }\n  }\n"): typeof import('./graphql').RunFunctionDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
