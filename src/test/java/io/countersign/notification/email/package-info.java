@NullMarked
package io.countersign.notification.email;

import org.jspecify.annotations.NullMarked;
