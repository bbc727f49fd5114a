import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.util.List;

/**
 * A MongoDB server for the tests: it speaks the wire protocol and keeps everything in memory. No durability, no transactions, no
 * authentication. Prints its address on the first line, and ends when its standard input does.
 */
final class Server {
    /** The newest version whose wire protocol the server speaks well enough; the driver refuses wire versions below 9. */
    private static final MongoVersion VERSION = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 5);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    };

    public static void main(String[] args) throws Exception {
        H2Backend backend = H2Backend.inMemory();
        backend.version(VERSION);
        MongoServer server = new MongoServer(backend);
        server.bind("127.0.0.1", args.length == 0 ? 0 : Integer.parseInt(args[0]));
        System.out.println("mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
        while (System.in.read() >= 0) {
            // Nothing is asked of it here: whoever started it keeps this open.
        }
        server.shutdownNow();
    }
}
