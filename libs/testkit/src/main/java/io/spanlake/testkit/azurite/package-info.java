/** A real Azurite, the emulator of Azure Blob Storage, beside the test. */
@NullMarked
package io.spanlake.testkit.azurite;

import org.jspecify.annotations.NullMarked;
