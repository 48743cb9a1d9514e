/** The main job from end to end: agents propose, policy routes, people decide, agents hear. */
@NullMarked
package io.countersign.story;

import org.jspecify.annotations.NullMarked;
