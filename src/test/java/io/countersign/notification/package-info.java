@NullMarked
package io.countersign.notification;

import org.jspecify.annotations.NullMarked;
