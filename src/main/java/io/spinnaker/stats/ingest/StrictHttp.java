package io.spinnaker.stats.ingest;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.spinnaker.stats.limits.Limits;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Rejects two kinds of requests that RFC 9112 forbids and that no filter can recognise, because Netty mends them first: those
 * with a {@code Content-Length} beside their {@code Transfer-Encoding}, and those with spaces before the method. Also closes
 * the connection of a body in too many small chunks, before any filter reads or drains them. Netty's decoder is replaced by one
 * that fails instead. Netty finds this class by its service file.
 */
@RegisterForReflection
public final class StrictHttp extends ChannelInitializerExtension {

    /** The only one of the decoder's options that is not its default. */
    private final HttpServerOptions options = new HttpServerOptions()
            .setMaxHeaderSize(ConfigProvider.getConfig()
                    .getValue("quarkus.http.limits.max-header-size", MemorySize.class)
                    .asBigInteger()
                    .intValueExact());

    /** Makes Netty look for extensions; takes effect if it is called before the server starts. */
    static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                // by now, Vert.x has added its handlers
                context.pipeline().replace(VertxHttpRequestDecoder.class, null, new Decoder(options));
                context.pipeline().remove(this);
                context.fireChannelActive();
            }
        });
    }

    private static final class Decoder extends VertxHttpRequestDecoder {

        /** Parts of the current body so far, and their bytes. */
        private int parts;

        private long bytes;

        Decoder(HttpServerOptions options) {
            super(options);
        }

        /** The line is at the start of the array. */
        @Override
        protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
            if (start > 0) {
                throw new IllegalArgumentException("spaces before the method");
            }
            return super.splitFirstWordInitialLine(line, start, length);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf received, List<Object> decoded) throws Exception {
            super.decode(context, received, decoded);
            for (Object message : decoded) {
                if (message instanceof HttpRequest) {
                    parts = 0;
                    bytes = 0;
                } else if (message instanceof HttpContent part) {
                    parts++;
                    bytes += part.content().readableBytes();
                }
            }
            if (parts > Limits.REQUESTS.freeParts() + bytes / Limits.REQUESTS.minPartBytes()) {
                throw new IllegalArgumentException("too many small parts of a body");
            }
        }
    }
}
