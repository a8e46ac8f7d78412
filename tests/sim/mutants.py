"""Ways to break the manager: each is a text of its source, of which there is one, and what stands there instead.

tools/run_mutants.py builds the manager with each of them, one at a time, and runs the tests: those that are worth
their time find it. A mutant that changes nothing anybody can see is named an equivalent, with the reason.
"""

from collections import namedtuple

Mutant = namedtuple("Mutant", "file what text instead equivalent", defaults=[""])

MANAGER = "manager/manager.c"
FACTS = "manager/facts.c"
DEADLINES = "manager/deadlines.c"
EDGES = "manager/edges.c"
RESTART = "core/restart.c"

MUTANTS = [
    # ---- manager/manager.c ----
    Mutant(
        MANAGER,
        "a child that fails leaves its service up, whatever that says",
        "child_failure(m, r) == ASVC_CHILD_FAIL)",
        "child_failure(m, r) == ASVC_CHILD_FAIL && false)",
    ),
    Mutant(
        MANAGER,
        "a child at its limit leaves its service up",
        "if (child_failure(m, r) == ASVC_CHILD_RESTART) {",
        "if (false) {",
    ),
    Mutant(
        MANAGER,
        "a return clears the count of short runs though a child may fail still",
        "    if (is_undecided(r, end)) {\n"
        "        return;\n"
        "    }\n",
        "    (void)is_undecided;\n",
    ),
    Mutant(
        MANAGER,
        "nobody is told how a service looks",
        "if (r->heard != asvc_manager_view(m, r->id)) {",
        "if (false) {",
    ),
    Mutant(
        MANAGER,
        "what had ended is set aside",
        "(r->wanted && !is_over)",
        "(r->wanted || is_over)",
    ),
    Mutant(
        MANAGER,
        "a reload leaves the service unwanted",
        "    if (wanted) {\n"
        "        asvc_manager_restart(m, id);\n"
        "    }\n",
        "    (void)wanted;\n",
    ),
    Mutant(
        MANAGER,
        "what comes after a service does not wait for its next first run",
        "        r->ran = false; // what comes after it waits for this run\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a start does not call an unload off",
        "    r->unloading = false;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a start does not call the hurry of an unload off",
        "    r->hurry = false;\n"
        "}",
        "}",
    ),
    Mutant(
        MANAGER,
        "a refused start that is asked for again is not told again",
        "    want(r);\n"
        "    r->refused = false; // the next refusal is to be told\n"
        "    if (",
        "    want(r);\n"
        "    if (",
    ),
    Mutant(
        MANAGER,
        "a start does not beat the verdict on the old run",
        "        r->verdict = ASVC_VERDICT_NONE;\n"
        "        if (!asvc_record_limit_hit(r)) {",
        "        if (!asvc_record_limit_hit(r)) {",
    ),
    Mutant(
        MANAGER,
        "a start passes the start limit",
        "        if (!asvc_record_limit_hit(r)) {\n"
        "            forget_short_runs(r);\n"
        "        }",
        "        forget_short_runs(r);",
    ),
    Mutant(
        MANAGER,
        "a start does not clear the count of short runs",
        "        if (!asvc_record_limit_hit(r)) {\n"
        "            forget_short_runs(r);\n"
        "        }",
        "",
    ),
    Mutant(
        MANAGER,
        "a child cannot be started after its service has ended",
        "        parent->orphans = false; // it is to run, whether that runs or not\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a start does not end a delay",
        "    r->delayed = r->by_policy = r->by_schedule = false;",
        "    r->by_policy = r->by_schedule = false;",
    ),
    Mutant(
        MANAGER,
        "a start by its user counts as one by the policy",
        "    r->delayed = r->by_policy = r->by_schedule = false;",
        "    r->delayed = false;",
    ),
    Mutant(
        MANAGER,
        "a start of one that runs asks for a second run",
        "    r->pending = !asvc_record_goes_on(r) || r->pending;",
        "    r->pending = true;",
    ),
    Mutant(
        MANAGER,
        "a run that swallowed its cancel gets no other one",
        "    r->cancel_again = r->cancel_again || told;\n",
        "    (void)told;\n",
    ),
    Mutant(
        MANAGER,
        "a child that is added in on_stop ends with its service",
        "    note_orphans(m, r, r->last != ASVC_LAST_DONE && !on_stop_adds);",
        "    (void)on_stop_adds;\n"
        "    note_orphans(m, r, r->last != ASVC_LAST_DONE);",
    ),
    Mutant(
        MANAGER,
        "an instance that ends as it was told makes no orphans",
        "told && !asvc_record_is_below(r) && !r->orphans;",
        "told && !r->orphans;",
    ),
    Mutant(
        MANAGER,
        "a child that has stopped another service outlives its own",
        "    if (!parent->wanted) {\n"
        "        r->spared",
        "    if (true) {\n"
        "        r->spared",
    ),
    Mutant(
        MANAGER,
        "a child that stops itself along is spared",
        "r->kind != ASVC_KIND_CHILD || !r->wanted || ",
        "r->kind != ASVC_KIND_CHILD || ",
    ),
    Mutant(
        MANAGER,
        "a child that is spared twice is counted twice",
        " || !asvc_record_goes_on(r) || r->spared) {",
        " || !asvc_record_goes_on(r)) {",
    ),
    Mutant(
        MANAGER,
        "what its service requires waits for a spared child",
        "        parent->n_below = (uint16_t)(parent->n_below - 1);\n",
        "",
    ),
    Mutant(
        MANAGER,
        "nobody hears that a spared child is not waited for",
        "        parent->n_below = (uint16_t)(parent->n_below - 1);\n"
        "        touch(m, parent);\n",
        "        parent->n_below = (uint16_t)(parent->n_below - 1);\n",
    ),
    Mutant(
        MANAGER,
        "a stop ends the child that asked for it",
        "    if (!asvc_record_is_below(r) || asvc_record_is_spared(r)) {\n"
        "        return false;",
        "    if (!asvc_record_is_below(r)) {\n"
        "        return false;",
    ),
    Mutant(
        FACTS,
        "a spared child is spared for ever",
        "    r->spared = asvc_record_is_spared(r) && run != ASVC_RUN_NONE;\n",
        "",
    ),
    Mutant(
        FACTS,
        "the end of a spared child is counted",
        "    if (asvc_record_is_below(r) && !asvc_record_is_spared(r)) {",
        "    if (asvc_record_is_below(r)) {",
    ),
    Mutant(
        FACTS,
        "a stop does not reach what a stopped service has left running",
        "(from->wanted || from->n_below > 0)",
        "from->wanted",
    ),
    Mutant(
        MANAGER,
        "a stop leaves alone what requires the service",
        "    r->spread = true;\n"
        "    r->orphans = true;\n"
        "    asvc_facts_unwant(m, r, keep_schedule);",
        "    r->orphans = true;\n"
        "    asvc_facts_unwant(m, r, keep_schedule);",
    ),
    Mutant(
        MANAGER,
        "a stop of a service that has returned leaves its children",
        "    r->spread = true;\n"
        "    r->orphans = true;\n"
        "    asvc_facts_unwant(m, r, keep_schedule);",
        "    r->spread = true;\n"
        "    asvc_facts_unwant(m, r, keep_schedule);",
    ),
    Mutant(
        MANAGER,
        "a stop always takes a task out of the schedule",
        "    asvc_facts_unwant(m, r, keep_schedule);",
        "    (void)keep_schedule;\n"
        "    asvc_facts_unwant(m, r, false);",
    ),
    Mutant(
        MANAGER,
        "a restart asked for while the old run ends does not tell that again",
        "        r->cancel_again = r->run != ASVC_RUN_NONE; // whatever it does at its end is not "
        "waited for\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a restart ends the run and starts none",
        "    r->again = true;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a restart leaves further instances running",
        "    r->again = true;\n"
        "    r->out = true;\n",
        "    r->again = true;\n",
    ),
    Mutant(
        MANAGER,
        "an unload asked for again still waits for its turn",
        "    r->hurry = asked_before;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "an unload does not forget",
        "    r->unloading = true;\n"
        "    r->hurry = asked_before;",
        "    r->hurry = asked_before;",
    ),
    Mutant(
        MANAGER,
        "an unload leaves the run alone",
        "    if (!asked_before) {\n"
        "        stop(m, r, false);\n"
        "    }",
        "    if (!asked_before) {\n"
        "        touch(m, r);\n"
        "    }",
    ),
    Mutant(
        MANAGER,
        "boot counts a service twice",
        "    m->n_boot = (uint16_t)(m->n_boot + !r->in_boot);",
        "    m->n_boot = (uint16_t)(m->n_boot + 1);",
    ),
    Mutant(
        MANAGER,
        "boot never leaves a service",
        "    r->in_boot = false;\n"
        "}",
        "}",
    ),
    Mutant(
        MANAGER,
        "reset_failed clears nothing",
        "    forget_short_runs(r);\n"
        "    touch(m, r);\n"
        "    return any;",
        "    return any;",
    ),
    Mutant(
        MANAGER,
        "reset_failed sees a start limit only",
        "(r->block->restart.short_runs > 0 || r->block->restart.limit_hit);",
        "r->block->restart.limit_hit;",
    ),
    Mutant(
        MANAGER,
        "an interrupt takes tasks out of the schedule",
        "            r->out = true;\n"
        "            asvc_facts_unwant(m, r, true);",
        "            r->out = true;\n"
        "            asvc_facts_unwant(m, r, false);",
    ),
    Mutant(
        MANAGER,
        "an interrupt ends tasks that belong to no service",
        "        if (r->owned) { // a free record is not",
        "        if (r->used) {",
    ),
    Mutant(
        MANAGER,
        "an interrupt leaves children that outlived their service",
        "            r->orphans = true;\n"
        "            r->out = true;\n"
        "            asvc",
        "            r->out = true;\n"
        "            asvc",
    ),
    Mutant(
        MANAGER,
        "a start after a stop of what it requires is stopped with it",
        "    asvc_facts_settle(m); // it reaches all that requires it now: what is started after it "
        "stays wanted\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a restart takes away the deadline of what waits for its turn",
        "    renew(m, r); // the verdict's deadline has gone",
        "    touch(m, r);",
    ),
    Mutant(
        MANAGER,
        "what its user takes away waits for its turn",
        "    stop(m, r, false);\n"
        "    r->hurry = true;\n",
        "    stop(m, r, false);\n",
    ),
    Mutant(
        MANAGER,
        "what its user takes away keeps its start limit",
        "    forget_short_runs(r);\n"
        "    touch(m, r);\n"
        "}\n\n"
        "void asvc_manager_boot(",
        "    touch(m, r);\n"
        "}\n\n"
        "void asvc_manager_boot(",
    ),
    Mutant(
        MANAGER,
        "a core service that its user takes away is up by what it did before",
        "    r->good = false;\n"
        "    r->unschedule = false;",
        "    r->unschedule = false;",
    ),
    Mutant(
        MANAGER,
        "what its user takes away is taken out of the schedule with a word",
        "    r->unschedule = false; // who takes the task away takes its schedule, too\n",
        "",
    ),
    Mutant(
        MANAGER,
        "what its user takes away is up by what it did before",
        "    if (r->run == ASVC_RUN_NONE) {\n"
        "        r->last = ASVC_LAST_NEVER;\n"
        "    }\n",
        "",
    ),
    Mutant(
        MANAGER,
        "what is put in the schedule again after a refusal is not told again",
        "    want(r);\n"
        "    r->refused = false; // the next refusal is to be told\n"
        "    touch(m, r);",
        "    want(r);\n"
        "    touch(m, r);",
    ),
    Mutant(
        MANAGER,
        "what could not start again is up by what it did before",
        "        r->last = ASVC_LAST_NEVER; // a good end of old makes it not up\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a failure of what is scheduled is forgotten when its next run is refused",
        "    if (!r->scheduled || r->last != ASVC_LAST_FAILED) { // a schedule makes up no failure",
        "    {",
    ),
    Mutant(
        MANAGER,
        "a refusal that its caller tells is told again",
        "    r->tell_refused = false;\n"
        "#if ASVC_EVENTS\n"
        "    if (r->refused) {",
        "#if ASVC_EVENTS\n"
        "    if (r->refused) {",
    ),
    Mutant(
        MANAGER,
        "what is due runs in an interrupt",
        "r->run == ASVC_RUN_NONE && !m->interrupted && !asvc",
        "r->run == ASVC_RUN_NONE && !asvc",
    ),
    Mutant(
        MANAGER,
        "what is due passes the start limit",
        "    if (r->run == ASVC_RUN_NONE && !m->interrupted && !asvc_record_limit_hit(r)) {",
        "    if (r->run == ASVC_RUN_NONE && !m->interrupted) {",
    ),
    Mutant(
        MANAGER,
        "what is due while it runs is doubled",
        "    if (r->run == ASVC_RUN_NONE && !m->interrupted && !asvc_record_limit_hit(r)) {",
        "    if (!m->interrupted && !asvc_record_limit_hit(r)) {",
    ),
    Mutant(
        MANAGER,
        "what was stopped is not wanted when it is due",
        "        want(r); // its schedule says so, though its user may have stopped its last run\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a run by the schedule does not say so",
        "        r->by_schedule = true;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a period drifts by what a run is late",
        "asvc_series_next(block->due_ms, block->period_ms, m->now_ms);",
        "m->now_ms + block->period_ms;",
    ),
    Mutant(
        MANAGER,
        "what is due once is due again and again",
        "block->period_ms == 0 ? ASVC_NEVER_MS :",
        "block->period_ms == 0 ? m->now_ms + 1000 :",
    ),
    Mutant(
        MANAGER,
        "due times count while the schedule does not run",
        "    if (!r->scheduled || !m->schedule_runs || !pass_due(m, r->block)) {",
        "    if (!r->scheduled || !pass_due(m, r->block)) {",
    ),
    Mutant(
        MANAGER,
        "a watchdog counts from the start of the run, not from when it is up",
        "    feed(m, r); // its watchdog counts from here\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a first step makes up what declares when it is ready",
        "    if (r->run == ASVC_RUN_STARTING && !declares) {",
        "    (void)declares;\n"
        "    if (r->run == ASVC_RUN_STARTING) {",
    ),
    Mutant(
        MANAGER,
        "what is told to end gets ready",
        "    if (r->run == ASVC_RUN_STARTING) {\n"
        "        move_up(m, r);",
        "    {\n"
        "        move_up(m, r);",
    ),
    Mutant(
        MANAGER,
        "feeding has no effect",
        "        block->fed_ms = m->now_ms; // its deadline is renewed when it comes\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a delay is a millisecond too short",
        "        asvc_deadlines_set(m, r, m->now_ms + ms);",
        "        asvc_deadlines_set(m, r, m->now_ms + ms - 1);",
    ),
    Mutant(
        MANAGER,
        "a core service with the policy always never ends",
        "    rules.clean_is_final = r->core;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a run is as long as it was not fed",
        "m->now_ms - r->block->started_ms, &ms)",
        "m->now_ms - r->block->fed_ms, &ms)",
    ),
    Mutant(
        MANAGER,
        "a restart by the policy does not say so",
        "        r->by_policy = true;\n"
        "        delay",
        "        delay",
    ),
    Mutant(
        MANAGER,
        "what returned too often is done, and not failed",
        "        r->last = ASVC_LAST_FAILED; // clean ends can be too many, too\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a start limit has no consequence",
        "        r->escalate = true;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "what returns after it was told to end has done its work",
        "    return told ? ASVC_LAST_STOPPED : ASVC_LAST_DONE;",
        "    (void)told;\n"
        "    return ASVC_LAST_DONE;",
    ),
    Mutant(
        MANAGER,
        "the next run gets the cancel that the last one was to get",
        "    asvc_facts_set_run(m, r, ASVC_RUN_NONE);\n"
        "    r->cancel_again = false;\n",
        "    asvc_facts_set_run(m, r, ASVC_RUN_NONE);\n",
    ),
    Mutant(
        MANAGER,
        "a due time that passed during a run starts another one",
        "    if (r->scheduled && m->schedule_runs && pass_due(m, r->block)) {\n"
        "        miss(m, r);\n"
        "    }\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a child's end makes orphans of others",
        "    if (ASVC_COPIES && r->kind == ASVC_KIND_INSTANCE) {\n"
        "        r = asvc_record(m, r->below.parent);",
        "    if (asvc_record_is_below(r)) {\n"
        "        r = asvc_record(m, r->below.parent);",
    ),
    Mutant(
        MANAGER,
        "what was ended for a failure counts as stopped",
        "    bool told = !asvc_record_goes_on(r) && !late;",
        "    bool told = !asvc_record_goes_on(r);",
    ),
    Mutant(
        MANAGER,
        "a late run that returns at last is done",
        "    r->last = last_of(late ? ASVC_RAISED : how, told);",
        "    r->last = last_of(how, told);",
    ),
    Mutant(
        MANAGER,
        "what comes after a service waits after its first run, too",
        "    r->verdict = ASVC_VERDICT_NONE;\n"
        "    r->ran = true;\n",
        "    r->verdict = ASVC_VERDICT_NONE;\n",
    ),
    Mutant(
        MANAGER,
        "children end with a run that returned",
        "    note_orphans(m, r, r->last != ASVC_LAST_DONE && !on_stop_adds);",
        "    (void)on_stop_adds;\n"
        "    note_orphans(m, r, true);",
    ),
    Mutant(
        MANAGER,
        "children outlive a run that failed",
        "    note_orphans(m, r, r->last != ASVC_LAST_DONE && !on_stop_adds);",
        "    (void)on_stop_adds;\n"
        "    note_orphans(m, r, false);",
    ),
    Mutant(
        MANAGER,
        "an exception that is returned is a good end",
        "        r->good = how == ASVC_RETURNED;",
        "        r->good = true;",
    ),
    Mutant(
        MANAGER,
        "a core service that fails stays up",
        "    } else if (r->last == ASVC_LAST_FAILED && !told) {\n"
        "        r->good = false;\n"
        "    }",
        "    }",
    ),
    Mutant(
        MANAGER,
        "a core service that raises when it is stopped is down",
        "    } else if (r->last == ASVC_LAST_FAILED && !told) {",
        "    } else if (r->last == ASVC_LAST_FAILED) {",
    ),
    Mutant(
        MANAGER,
        "task.cancel() is a failure",
        "        stop(m, r, true); // its user's, by way of Task.cancel()\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a restart that was asked for is left to the policy where the run ends before",
        "        r->again = false;\n"
        "        r->pending = true; // in place of what it asked for\n"
        "    } else if (",
        "        r->again = false;\n"
        "    }\n"
        "    if (",
    ),
    Mutant(
        MANAGER,
        "the policy decides on what was told to end",
        "    } else if (ASVC_SUPERVISION && r->wanted && !told && !r->pending && r->block != NULL\n"
        "        && !asvc_facts_is_due_again(m, r)) {",
        "    } else if (ASVC_SUPERVISION && r->wanted && !r->pending && r->block != NULL\n"
        "        && !asvc_facts_is_due_again(m, r)) {",
    ),
    Mutant(
        MANAGER,
        "the policy starts what its user has stopped",
        "    } else if (ASVC_SUPERVISION && r->wanted && !told && !r->pending && r->block != NULL\n"
        "        && !asvc_facts_is_due_again(m, r)) {",
        "    } else if (ASVC_SUPERVISION && !told && !r->pending && r->block != NULL\n"
        "        && !asvc_facts_is_due_again(m, r)) {",
    ),
    Mutant(
        MANAGER,
        "the policy is asked about what was asked for before",
        "    } else if (ASVC_SUPERVISION && r->wanted && !told && !r->pending && r->block != NULL\n"
        "        && !asvc_facts_is_due_again(m, r)) {",
        "    } else if (ASVC_SUPERVISION && r->wanted && !told && r->block != NULL\n"
        "        && !asvc_facts_is_due_again(m, r)) {",
        "no run is asked for while one goes on; what asks for one while that ends takes its verdict back",
    ),
    Mutant(
        MANAGER,
        "the policy is asked about what its schedule starts",
        "    } else if (ASVC_SUPERVISION && r->wanted && !told && !r->pending && r->block != NULL\n"
        "        && !asvc_facts_is_due_again(m, r)) {",
        "    } else if (ASVC_SUPERVISION && r->wanted && !told && !r->pending && r->block != NULL) {",
    ),
    Mutant(
        MANAGER,
        "what was abandoned with its loop is started again",
        "        asvc_facts_unwant(m, r, true);\n"
        "        r->last = ASVC_LAST_STOPPED;",
        "        r->last = ASVC_LAST_STOPPED;",
    ),
    Mutant(
        MANAGER,
        "no memory for a start is the end of it",
        "        r->pending = true;\n"
        "        delay(m, r, ASVC_NO_MEMORY_RETRY_MS);",
        "        delay(m, r, ASVC_NO_MEMORY_RETRY_MS);",
    ),
    Mutant(
        MANAGER,
        "what was stopped while it was started waits for memory",
        "    if (ASVC_SUPERVISION && r->wanted) {\n"
        "        r->pending = true;",
        "    if (ASVC_SUPERVISION) {\n"
        "        r->pending = true;",
    ),
    Mutant(
        MANAGER,
        "no memory for a start is tried again at once",
        "    delay(m, r, ASVC_NO_MEMORY_RETRY_MS);\n",
        "",
    ),
    Mutant(
        MANAGER,
        "what cannot be started is tried again",
        "    r->pending = r->delayed = false;",
        "    r->delayed = false;",
    ),
    Mutant(
        MANAGER,
        "what cannot be started waits for the end of its delay",
        "    r->pending = r->delayed = false;",
        "    r->pending = false;",
    ),
    Mutant(
        MANAGER,
        "a run is late a millisecond later",
        "    return within_ms > 0 && m->now_ms >= since_ms + within_ms;",
        "    return within_ms > 0 && m->now_ms > since_ms + within_ms;",
    ),
    Mutant(
        MANAGER,
        "a stuck run is not told",
        "        r->tell_stuck = true;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "what did not end in time is not stuck",
        "        asvc_facts_set_run(m, r, ASVC_RUN_STUCK);\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a delay never ends",
        "    case ASVC_RUN_NONE:\n"
        "        r->delayed = false;\n"
        "        break;",
        "    case ASVC_RUN_NONE:\n"
        "        break;",
    ),
    Mutant(
        MANAGER,
        "the next deadline is forgotten when one comes",
        "    if (!asvc_record_goes_on(r) || !has_verdict(r)) { // else it is told to end, and has a new "
        "one then\n"
        "        asvc_deadlines_renew(m, r);\n"
        "    }\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a look deals with one deadline only",
        "    while ((r = asvc_deadlines_take(m)) != NULL) {",
        "    if ((r = asvc_deadlines_take(m)) != NULL) {",
    ),
    Mutant(
        MANAGER,
        "a run waits for its turn though what it requires is gone",
        "    if (has_verdict(r) || ASVC_COUNT(r, n_down) > 0) {",
        "    if (has_verdict(r)) {",
    ),
    Mutant(
        MANAGER,
        "a late run waits for its turn to end",
        "    if (has_verdict(r) || ASVC_COUNT(r, n_down) > 0) {",
        "    if (ASVC_COUNT(r, n_down) > 0) {",
    ),
    Mutant(
        MANAGER,
        "dependants do not end first",
        "    return leaves && asvc_facts_is_its_turn(m, r);",
        "    return leaves;",
    ),
    Mutant(
        MANAGER,
        "what requires a lost one runs on",
        "    bool leaves = !r->wanted || r->again || ASVC_COUNT(r, n_lost) > 0 || ASVC_COUNT(r, "
        "n_leaving) > 0;",
        "    bool leaves = !r->wanted || r->again || ASVC_COUNT(r, n_leaving) > 0;",
    ),
    Mutant(
        MANAGER,
        "a restart of what a service requires does not end it before",
        "    bool leaves = !r->wanted || r->again || ASVC_COUNT(r, n_lost) > 0 || ASVC_COUNT(r, "
        "n_leaving) > 0;",
        "    bool leaves = !r->wanted || r->again || ASVC_COUNT(r, n_lost) > 0;",
    ),
    Mutant(
        MANAGER,
        "what ended with what it requires does not come back",
        "        r->pending = true; // it comes back\n",
        "",
    ),
    Mutant(
        MANAGER,
        "what was ended for a failure comes back without its policy",
        "    if (r->wanted && !has_verdict(r)) {\n"
        "        r->pending",
        "    if (r->wanted) {\n"
        "        r->pending",
    ),
    Mutant(
        MANAGER,
        "further instances outlive a run that ends with what it requires",
        "        r->pending = true; // it comes back\n"
        "        r->out = true;\n",
        "        r->pending = true; // it comes back\n",
    ),
    Mutant(
        MANAGER,
        "a task of its user's has to end in time",
        "    if (ASVC_SUPERVISION && r->owned) {\n"
        "        uint32_t ms",
        "    if (ASVC_SUPERVISION) {\n"
        "        uint32_t ms",
    ),
    Mutant(
        MANAGER,
        "a service's own time to end in does not count",
        "(ms > 0 ? ms : ASVC_STOP_MS)",
        "(ms > 0 ? ASVC_STOP_MS : ASVC_STOP_MS)",
    ),
    Mutant(
        MANAGER,
        "a run starts within its delay",
        "r->wanted && r->pending && !r->delayed && in_the_way == 0;",
        "r->wanted && r->pending && in_the_way == 0;",
    ),
    Mutant(
        MANAGER,
        "a run starts before what it requires is up",
        "    int in_the_way = ASVC_COUNT(r, n_down) | ASVC_COUNT(r, n_lost) |",
        "    int in_the_way = ASVC_COUNT(r, n_lost) |",
    ),
    Mutant(
        MANAGER,
        "a run starts while what it requires is lost",
        "    int in_the_way = ASVC_COUNT(r, n_down) | ASVC_COUNT(r, n_lost) |",
        "    int in_the_way = ASVC_COUNT(r, n_down) |",
    ),
    Mutant(
        MANAGER,
        "a run starts before what it comes after",
        " | ASVC_COUNT(r, n_lost) | ASVC_COUNT(r, n_coming)\n",
        " | ASVC_COUNT(r, n_lost)\n",
    ),
    Mutant(
        MANAGER,
        "a run starts while what it requires is to be restarted",
        "        | ASVC_COUNT(r, n_leaving) | (ASVC_COPIES ? r->n_stopping : 0);",
        "        | (ASVC_COPIES ? r->n_stopping : 0);",
    ),
    Mutant(
        MANAGER,
        "a run starts while instances of the one before are ending",
        "        | ASVC_COUNT(r, n_leaving) | (ASVC_COPIES ? r->n_stopping : 0);",
        "        | ASVC_COUNT(r, n_leaving);",
    ),
    Mutant(
        MANAGER,
        "what its user has stopped is started",
        "    return r->run == ASVC_RUN_NONE && r->wanted && r->pending",
        "    return r->run == ASVC_RUN_NONE && r->pending",
        "no run is asked for of what is not wanted, and what is not wanted any more is not asked for",
    ),
    Mutant(
        MANAGER,
        "each restart is counted, who ever asked for it",
        "(r->by_policy && block->restarts < UINT16_MAX)",
        "(block->restarts < UINT16_MAX)",
    ),
    Mutant(
        MANAGER,
        "the time of the last scheduled run is not kept",
        "        block->last_ms = m->now_ms;\n",
        "",
    ),
    Mutant(
        MANAGER,
        "what is put in the schedule anew keeps the time of its last start",
        "    if (!r->scheduled) {\n"
        "        r->block->last_ms = ASVC_NEVER_MS;\n"
        "    }\n",
        "",
    ),
    Mutant(
        MANAGER,
        "boot waits for what is stuck",
        "    return r->run == ASVC_RUN_STUCK || (rests && (!r->pending || r->refused));",
        "    return rests && (!r->pending || r->refused);",
    ),
    Mutant(
        MANAGER,
        "boot waits for what is refused",
        "(rests && (!r->pending || r->refused));",
        "(rests && !r->pending);",
    ),
    Mutant(
        MANAGER,
        "boot does not wait for what waits",
        "(rests && (!r->pending || r->refused));",
        "rests;",
    ),
    Mutant(
        MANAGER,
        "a record is released that others name",
        "asvc_record_first_below(r) == ASVC_NO_ID && !named\n",
        "asvc_record_first_below(r) == ASVC_NO_ID && (!named || true)\n",
    ),
    Mutant(
        MANAGER,
        "a record is released before its children",
        "r->run == ASVC_RUN_NONE && asvc_record_first_below(r) == ASVC_NO_ID && !named",
        "r->run == ASVC_RUN_NONE && !named",
    ),
    Mutant(
        MANAGER,
        "a refusal is told each time it is looked at",
        "    if (!r->refused) {\n"
        "        r->refused = true;",
        "    {\n"
        "        r->refused = true;",
    ),
    Mutant(
        MANAGER,
        "what was refused once is not told when it is refused again",
        "        r->refused = false; // the next time is to be told again\n",
        "        (void)r;\n",
    ),
    Mutant(
        MANAGER,
        "a returned service whose children had to end does not start again",
        "        r->pending = true;\n"
        "        touch(m, r);\n"
        "    }\n"
        "}\n"
        "\n"
        "static void end_with_parent",
        "        touch(m, r);\n"
        "    }\n"
        "}\n"
        "\n"
        "static void end_with_parent",
    ),
    Mutant(
        MANAGER,
        "children outlive a failure that is followed by a run at once",
        "    if (may_start(r) && !end_run_before(m, r)) {",
        "    if (may_start(r)) {",
    ),
    Mutant(
        MANAGER,
        "only the first thing that is to be done about a record is done",
        "    if (next.kind != ASVC_DO_RELEASE) {\n"
        "        asvc_facts_queue(m, ASVC_TO_DECIDE, r); // there may be more to do about it\n"
        "    }\n",
        "",
    ),
    Mutant(
        MANAGER,
        "a service is forgotten before its dependants end",
        "    if (r->unloading && !goes_on && asvc_facts_is_its_turn(m, r)) {",
        "    if (r->unloading && !goes_on) {",
    ),
    Mutant(
        MANAGER,
        "a service is forgotten before its run is told to end",
        "    if (r->unloading && !goes_on && asvc_facts_is_its_turn(m, r)) {",
        "    if (r->unloading && asvc_facts_is_its_turn(m, r)) {",
        "what is to be unloaded is not wanted, and a run of that was told to end above when it is its turn",
    ),
    Mutant(
        MANAGER,
        "what is loaded after an unload has the start limit of old",
        "        r->block->restart = (asvc_restart_state_t){ 0 };\n"
        "        r->block->restarts = 0;",
        "        r->block->restarts = 0;",
    ),
    Mutant(
        MANAGER,
        "what is loaded after an unload counts the restarts of old",
        "        r->block->restart = (asvc_restart_state_t){ 0 };\n"
        "        r->block->restarts = 0;",
        "        r->block->restart = (asvc_restart_state_t){ 0 };",
    ),
    Mutant(
        MANAGER,
        "telling comes before acting",
        "        r = asvc_facts_take(m, ASVC_TO_DECIDE);\n"
        "        bool decides = r != NULL;\n"
        "        if (!decides && (!ASVC_FINDINGS || (r = asvc_facts_take(m, ASVC_TO_TELL)) == NULL)) {",
        "        r = asvc_facts_take(m, ASVC_TO_TELL);\n"
        "        bool decides = r == NULL;\n"
        "        if (decides && (r = asvc_facts_take(m, ASVC_TO_DECIDE)) == NULL) {",
    ),
    Mutant(
        MANAGER,
        "decisions are taken before facts are settled",
        "    do {\n"
        "        asvc_facts_settle(m);\n"
        "        r = ",
        "    asvc_facts_settle(m);\n"
        "    do {\n"
        "        r = ",
    ),
    Mutant(
        MANAGER,
        "a record that was released is never free",
        "            free_if_off_lists(m, r);\n",
        "",
    ),
    # ---- manager/facts.c ----
    Mutant(
        FACTS,
        "runs below a service are not counted",
        "        adjust(&parent->n_below, LIVE, before, now);\n",
        "",
    ),
    Mutant(
        FACTS,
        "a stuck run counts as one that may still end",
        "    LIVE = GOING | STOPPING,",
        "    LIVE = GOING | STOPPING | 1 << ASVC_RUN_STUCK,",
    ),
    Mutant(
        FACTS,
        "tasks of nobody's keep an interrupt from being over",
        "    if (r->owned) {\n"
        "        adjust(&m->n_live",
        "    {\n"
        "        adjust(&m->n_live",
    ),
    Mutant(
        FACTS,
        "a stop of what waits is no end of it",
        "        r->last = ASVC_LAST_STOPPED;\n"
        "    }\n"
        "    r->wanted",
        "    }\n"
        "    r->wanted",
    ),
    Mutant(
        FACTS,
        "a stop leaves the delay",
        "        r->delayed = false;\n"
        "        asvc_deadlines_renew(m, r);",
        "        asvc_deadlines_renew(m, r);",
    ),
    Mutant(
        FACTS,
        "a stop does not beat a verdict in flight",
        "    r->verdict = ASVC_VERDICT_NONE;\n"
        "    if (ASVC_SCHEDULE",
        "    if (ASVC_SCHEDULE",
    ),
    Mutant(
        FACTS,
        "what is stopped is taken out of the schedule without a word",
        "        r->unschedule = true;\n",
        "",
    ),
    Mutant(
        FACTS,
        "what is scheduled and failed is up",
        "asvc_facts_is_due_again(m, r) && r->last != ASVC_LAST_FAILED;",
        "asvc_facts_is_due_again(m, r);",
    ),
    Mutant(
        FACTS,
        "what is scheduled is not due before the schedule runs",
        "(r->block->due_ms != ASVC_NEVER_MS || !m->schedule_runs);",
        "r->block->due_ms != ASVC_NEVER_MS;",
    ),
    Mutant(
        FACTS,
        "what is unloaded after a clean end is up",
        "!r->pending && !r->hidden && !r->unloading;",
        "!r->pending && !r->unloading;",
    ),
    Mutant(
        FACTS,
        "what is to be unloaded after a clean end is up until then",
        "!r->pending && !r->hidden && !r->unloading;",
        "!r->pending && !r->hidden;",
    ),
    Mutant(
        FACTS,
        "what is scheduled once is down from its due time until it is up",
        "r->run == ASVC_RUN_RUNNING || rests_well || starts_when_due",
        "r->run == ASVC_RUN_RUNNING || rests_well || false",
    ),
    Mutant(
        FACTS,
        "what returned and is to run again is up",
        "r->last == ASVC_LAST_DONE && !r->pending && !r->hidden",
        "r->last == ASVC_LAST_DONE && !r->hidden",
    ),
    Mutant(
        FACTS,
        "a core service is up while it runs",
        "(!r->core && (r->run == ASVC_RUN_RUNNING ||",
        "(true && (r->run == ASVC_RUN_RUNNING ||",
    ),
    Mutant(
        FACTS,
        "what stays up waits for its dependants to end",
        "    return ASVC_COUNT(r, n_held_by) == 0 || r->hurry || stays_up(m, r);",
        "    return ASVC_COUNT(r, n_held_by) == 0 || r->hurry;",
    ),
    Mutant(
        FACTS,
        "hurry does not help",
        "    return ASVC_COUNT(r, n_held_by) == 0 || r->hurry || stays_up(m, r);",
        "    return ASVC_COUNT(r, n_held_by) == 0 || stays_up(m, r);",
    ),
    Mutant(
        FACTS,
        "a stuck requirement is waited for",
        "    bool ends = rests ? !r->pending : r->run == ASVC_RUN_STUCK;",
        "    bool ends = rests && !r->pending;",
    ),
    Mutant(
        FACTS,
        "lost does not spread",
        "    return ends || !r->wanted || ASVC_COUNT(r, n_lost) > 0;",
        "    return ends || !r->wanted;",
    ),
    Mutant(
        FACTS,
        "what has failed for good is waited for",
        "    bool ends = rests ? !r->pending : r->run == ASVC_RUN_STUCK;",
        "    bool ends = r->run == ASVC_RUN_STUCK;",
    ),
    Mutant(
        FACTS,
        "a service that failed for good feeds the hardware watchdog",
        "return r->last == ASVC_LAST_FAILED && r->wanted && !r->pending && !r->scheduled;",
        "return false;",
    ),
    Mutant(
        FACTS,
        "a stuck service feeds the hardware watchdog",
        "    case ASVC_RUN_STUCK:\n"
        "        return true;",
        "    case ASVC_RUN_STUCK:\n"
        "        return false;",
    ),
    Mutant(
        FACTS,
        "a service that is ended for a failure feeds the hardware watchdog",
        "        return r->verdict != ASVC_VERDICT_NONE;",
        "        return false;",
    ),
    Mutant(
        FACTS,
        "leaving does not spread",
        "may_leave && (r->again || r->n_leaving > 0)",
        "may_leave && r->again",
    ),
    Mutant(
        FACTS,
        "what comes after a service waits for each of its runs",
        "r->wanted && !up && !lost && !r->ran,",
        "r->wanted && !up && !lost,",
    ),
    Mutant(
        FACTS,
        "what comes after a service waits though that is lost",
        "r->wanted && !up && !lost && !r->ran,",
        "r->wanted && !up && !r->ran,",
    ),
    Mutant(
        FACTS,
        "children do not hold what their service requires",
        "(1u << r->run & LIVE) != 0 || r->n_below > 0;",
        "(1u << r->run & LIVE) != 0;",
    ),
    Mutant(
        FACTS,
        "dependants are not told that it is leaving",
        "        adjust(&from->n_leaving, ASVC_FACT_LEAVING, before, now);\n",
        "",
    ),
    Mutant(
        FACTS,
        "dependants are not told that it is lost",
        "        adjust(&from->n_lost, ASVC_FACT_LOST, before, now);\n",
        "",
    ),
    Mutant(
        FACTS,
        "dependants are not looked at when a fact changes",
        "    asvc_facts_queue(m, ASVC_TO_FACTS, from);\n"
        "}",
        "}",
    ),
    Mutant(
        FACTS,
        "what a service requires is not looked at when that is gone",
        "        adjust(&to->n_held_by, ASVC_FACT_THERE, before, now);\n"
        "        asvc_facts_queue(m, ASVC_TO_FACTS, to);",
        "        adjust(&to->n_held_by, ASVC_FACT_THERE, before, now);",
    ),
    Mutant(
        FACTS,
        "a stop reaches what comes after the service",
        "        if (edge->kind == ASVC_REQUIRES && (from->wanted || from->n_below > 0)) {",
        "        if (from->wanted || from->n_below > 0) {",
    ),
    Mutant(
        FACTS,
        "a stop of a core service reaches what requires it",
        "id != 0 && !r->core; id",
        "id != 0; id",
    ),
    Mutant(
        FACTS,
        "a stop reaches direct dependants only",
        "            from->spread = true;\n",
        "",
    ),
    Mutant(
        FACTS,
        "a stop leaves the instances of dependants",
        "            from->out = from->orphans = true;\n",
        "            from->orphans = true;\n",
    ),
    Mutant(
        FACTS,
        "a stop leaves the children of dependants that had returned",
        "            from->out = from->orphans = true;\n",
        "            from->out = true;\n",
    ),
    Mutant(
        FACTS,
        "instances run on without what their service requires",
        "    bool instances = r->out || r->unloading || needs;",
        "    bool instances = r->out || r->unloading;",
    ),
    Mutant(
        FACTS,
        "children of a returned service run on without what that requires",
        "    bool children = (r->orphans || needs) &&",
        "    bool children = r->orphans &&",
    ),
    Mutant(
        FACTS,
        "children end while an instance goes on",
        "!asvc_record_goes_on(r) && r->n_going == 0;",
        "!asvc_record_goes_on(r);",
    ),
    Mutant(
        FACTS,
        "a fact that comes to nothing is not taken back",
        "    r->facts = (uint8_t)now;",
        "    r->facts |= (uint8_t)now;",
    ),
    # ---- manager/deadlines.c ----
    Mutant(
        DEADLINES,
        "ties are in the order of the latest",
        "    return by != 0 ? by < 0 : id < other;",
        "    return by != 0 ? by < 0 : id > other;",
    ),
    Mutant(
        DEADLINES,
        "times are compared without regard to the wrap",
        "    return by != 0 ? by < 0 : id < other;",
        "    return by != 0 ? key < other_key : id < other;",
    ),
    Mutant(
        DEADLINES,
        "a deadline sinks to the left only",
        "            down += 1;\n",
        "",
    ),
    Mutant(
        DEADLINES,
        "a deadline does not rise",
        "        if (!is_before(key, id, *key_at(m, up), *who_at(m, up))) {",
        "        if (true) {",
    ),
    Mutant(
        DEADLINES,
        "the last deadline is lost when another one is cleared",
        "        sift(m, at, *key_at(m, last), *who_at(m, last));\n"
        "    }\n"
        "}\n"
        "\n"
        "asvc_record_t *",
        "    }\n"
        "}\n"
        "\n"
        "asvc_record_t *",
    ),
    Mutant(
        DEADLINES,
        "what is further ahead than the horizon is due soon",
        "        ahead = ASVC_DEADLINE_HORIZON_MS;\n"
        "    } else if",
        "    } else if",
    ),
    Mutant(
        DEADLINES,
        "deadlines are lost after a long gap",
        "            *key_at(m, at) = (uint32_t)now_ms;\n",
        "            (void)key_at;\n",
    ),
    Mutant(
        DEADLINES,
        "a deadline comes a millisecond late",
        "(int32_t)(*key_at(m, 0) - (uint32_t)m->now_ms) > 0) {",
        "(int32_t)(*key_at(m, 0) - (uint32_t)m->now_ms) >= 0) {",
    ),
    Mutant(
        DEADLINES,
        "a due time takes the place of the time to end in",
        "    if (r->run == ASVC_RUN_STOPPING || (r->run == ASVC_RUN_NONE && r->delayed)) {",
        "    if (r->run == ASVC_RUN_NONE && r->delayed) {",
    ),
    Mutant(
        DEADLINES,
        "a due time takes the place of a delay",
        "    if (r->run == ASVC_RUN_STOPPING || (r->run == ASVC_RUN_NONE && r->delayed)) {",
        "    if (r->run == ASVC_RUN_STOPPING) {",
    ),
    Mutant(
        DEADLINES,
        "a due time hides a watchdog that is due before",
        "r->block->due_ms < at_ms) {",
        "r->block->due_ms != ASVC_NEVER_MS) {",
    ),
    Mutant(
        DEADLINES,
        "what runs is never late with its watchdog",
        "    if (r->run == ASVC_RUN_RUNNING && block->rules.watchdog_ms > 0) {",
        "    if (false) {",
    ),
    Mutant(
        DEADLINES,
        "what starts is never late",
        "    if (r->run == ASVC_RUN_STARTING && block->rules.ready_ms > 0) {",
        "    if (false) {",
    ),
    # ---- manager/edges.c ----
    Mutant(
        EDGES,
        "the last of those that name a record is not kept",
        "        edge->prev_in = *last;\n"
        "        *last = id;\n",
        "        edge->prev_in = *last;\n",
    ),
    Mutant(
        EDGES,
        "taking an edge out leaves a gap in the list of those that name",
        "        asvc_edge(m, edge->next_in)->prev_in = edge->prev_in;\n",
        "        (void)edge;\n",
    ),
    Mutant(
        EDGES,
        "an edge that is taken out is lost",
        "    m->free_edge = id;\n"
        "    m->n_free_edges += 1;\n",
        "    m->n_free_edges += 1;\n",
    ),
    Mutant(
        EDGES,
        "a circle is found only where it is the first way",
        "        id = edge->next_out;\n"
        "        by = edge->back;",
        "        id = by = 0;",
    ),
    Mutant(
        EDGES,
        "a search leaves its marks",
        "        walk(m, id, false);\n",
        "",
    ),
    Mutant(
        EDGES,
        "a circle is told backwards",
        "            at -= 1;\n"
        "            if (at < cap) {\n"
        "                out[at] =",
        "            at -= 1;\n"
        "            if (at < cap) {\n"
        "                out[len - 1 - at] =",
    ),
    # ---- core/restart.c ----
    Mutant(
        RESTART,
        "a run as long as a healthy one is short",
        "    return run_ms < (int64_t)rules->healthy_ms;",
        "    return run_ms <= (int64_t)rules->healthy_ms;",
    ),
    Mutant(
        RESTART,
        "on_failure restarts what returned, too",
        "    return (ends_of[rules->policy] >> end & 1) &&",
        "    return (ends_of[rules->policy] >> (end == ASVC_END_CLEAN ? ASVC_END_FAILURE : end) & 1) &&",
    ),
    Mutant(
        RESTART,
        "a delay is rounded down",
        "rules->factor_percent + 99) / 100;",
        "rules->factor_percent) / 100;",
    ),
    Mutant(
        RESTART,
        "a delay grows without a limit",
        "    return longer < rules->delay_max_ms ? (uint32_t)longer : rules->delay_max_ms;",
        "    return (uint32_t)longer;",
    ),
    Mutant(
        RESTART,
        "the first delay is none",
        "    return delay_ms > rules->delay_ms ? delay_ms : rules->delay_ms;",
        "    (void)rules;\n"
        "    return delay_ms;",
    ),
    Mutant(
        RESTART,
        "a healthy run leaves the delay long",
        "        state->short_runs = 0;\n"
        "        state->delay_ms = 0;\n",
        "        state->short_runs = 0;\n",
    ),
    Mutant(
        RESTART,
        "a healthy run leaves the count of short ones",
        "        state->short_runs = 0;\n"
        "        state->delay_ms = 0;\n",
        "        state->delay_ms = 0;\n",
    ),
    Mutant(
        RESTART,
        "the limit is one run higher",
        "state->short_runs >= rules->burst;",
        "state->short_runs > rules->burst;",
    ),
    Mutant(
        RESTART,
        "a burst of 0 is a limit",
        "rules->burst != 0 && state->short_runs >= rules->burst;",
        "state->short_runs >= rules->burst;",
    ),
    Mutant(
        RESTART,
        "a clean end that is left at that does not clear the count",
        "    if (again || end == ASVC_END_CLEAN) {",
        "    if (again) {",
    ),
    Mutant(
        RESTART,
        "a failure that is left at that clears the count",
        "    if (again || end == ASVC_END_CLEAN) {",
        "    if (again || end != ASVC_END_STOPPED) {",
    ),
    Mutant(
        RESTART,
        "what has hit its limit is restarted after a healthy run",
        "    if (state->limit_hit) {",
        "    if (state->limit_hit && state->short_runs > 0) {",
    ),
]
