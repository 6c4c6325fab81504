# A correct receiver on a bare socket, a process for each connection; a header that comes twice is joined, as PSGI does.
use strict;
use warnings;
use Digest::SHA qw(hmac_sha256);
use IO::Socket::INET;
use MIME::Base64 qw(encode_base64);

my $limit = 2 * 1024 * 1024;

sub read_exactly {
    my ($socket, $length) = @_;
    my $data = '';
    while (length($data) < $length) {
        my $count = read($socket, $data, $length - length($data), length($data));
        die "closed\n" unless $count;
    }
    return $data;
}

sub read_body {
    my ($socket, $headers) = @_;
    return read_exactly($socket, $headers->{'content-length'} // 0)
        unless lc($headers->{'transfer-encoding'} // '') eq 'chunked';
    my $body = '';
    while (my $size = hex((split /[;\r\n]/, scalar readline $socket)[0])) {
        $body .= read_exactly($socket, $size);
        readline $socket;
    }
    readline $socket;
    return $body;
}

sub same {
    my ($left, $right) = @_;
    return 0 if length($left) != length($right);
    my $difference = 0;
    $difference |= ord(substr $left, $_, 1) ^ ord(substr $right, $_, 1) for 0 .. length($left) - 1;
    return $difference == 0;
}

sub judge {
    my ($method, $headers, $body) = @_;
    return 405 if $method ne 'POST';
    return 413 if length($body) > $limit;
    my $digest = hmac_sha256($body, $ENV{SECRET});
    my $expected = $ENV{ENCODING} eq 'hex' ? unpack('H*', $digest) : encode_base64($digest, '');
    return 401 unless same($headers->{lc $ENV{HEADER}} // '', $expected);
    return 200;
}

sub serve {
    my ($socket) = @_;
    my ($method) = split ' ', scalar(readline $socket) // return;
    my %headers;
    while (defined(my $line = readline $socket)) {
        $line =~ s/\r\n\z//;
        last if $line eq '';
        my ($name, $value) = split /:\s*/, $line, 2;
        my $known = $headers{lc $name};
        $headers{lc $name} = defined $known ? "$known, $value" : $value;
    }
    my $status = judge($method, \%headers, read_body($socket, \%headers));
    print {$socket} "HTTP/1.1 $status -\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

$SIG{CHLD} = 'IGNORE';
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 64, Proto => 'tcp') or die $!;
$| = 1;
print $server->sockport, "\n";
my $parent = fork;
if ($parent) {
    1 while read STDIN, my $ignored, 1;
    kill 'TERM', $parent;
    exit;
}
while (1) {
    my $socket = $server->accept or next;
    next if fork;
    eval { serve($socket) };
    exit;
}
