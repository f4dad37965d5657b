/** JMH benchmarks of single steps. */
@NullMarked
package io.spanlake.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
