package xyz.graphyn.adapter.http.endpoint;

import java.io.IOException;

/** A body that comes bit by bit, for as long as there is something to tell. It has begun when it is answered. */
public interface StreamedBody extends AutoCloseable {
    /**
     * Writes until there is nothing more to come. Called once, on a thread that may wait; not at all for {@code HEAD}.
     *
     * @throws IOException if the client is gone
     */
    void writeTo(Pipe to) throws IOException;

    /** Called in the end, also where nothing was written. */
    @Override
    void close();

    /** The way to the client. */
    interface Pipe {
        void write(byte[] bytes) throws IOException;

        /** Sends what was written. */
        void flush() throws IOException;

        /** Breaks the connection. Whoever is waiting in another method is told at once. Called by another thread. */
        void abort();
    }
}
