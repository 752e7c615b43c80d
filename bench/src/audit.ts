// How fast the audit log answers with a million entries in it: they are put into a store of their own
// at once, and each query is asked as the REST API asks it. Prints p50 and p99 in milliseconds.
