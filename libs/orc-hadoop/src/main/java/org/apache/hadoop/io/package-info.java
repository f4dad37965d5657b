/** Names of Hadoop that ORC refers to: see the README of this module. Not for our own code, but for the bridge to ORC. */
@NullMarked
package org.apache.hadoop.io;

import org.jspecify.annotations.NullMarked;
