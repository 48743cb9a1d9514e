package io.countersign.audit;

/** An entry was written; once its transaction has committed, the sequencer may take it. */
record EntryAppended() {}
