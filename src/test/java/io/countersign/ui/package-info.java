/** What people see: the review component, the managers' list and Tasklist's form, in a browser. */
@NullMarked
package io.countersign.ui;

import org.jspecify.annotations.NullMarked;
