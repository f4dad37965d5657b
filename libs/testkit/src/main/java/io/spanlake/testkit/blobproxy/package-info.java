/** What stands between services and object storage, and fails as storage and networks do. */
@NullMarked
package io.spanlake.testkit.blobproxy;

import org.jspecify.annotations.NullMarked;
